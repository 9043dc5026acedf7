import { createReadStream, existsSync } from 'node:fs';
import { readConfig } from '../../config/read-config.js';
import { formatRecordId } from '../../base/ids.js';
import { findRecords } from '../../engine/replay/replay-one.js';
import { learnRulesFor } from '../../engine/replay/replay-trail.js';
import { explainRecord } from '../../rounds/explaining/explain-record.js';
import { tellExplanation } from '../../rounds/explaining/telling/tell-explanation.js';
import { readRecord } from '../../rounds/replay/read-record.js';
import { Replayer } from '../../rounds/replay/replay-record.js';
import { type Terminal, UsageError } from '../terminal.js';
import { linesOf } from './lines.js';
import { openSource } from './open-source.js';
import { readFrom } from './read-from.js';
import { missingWords } from './replay.js';

const USAGE = 'Usage: parley explain ID|FILE|- [--from URL|FILE]';
const STATUS_REFUSED = 1;

/** A record to be told, and its id where that is known. */
interface Subject {
  readonly record: string;
  readonly id: string | undefined;
}

/** Tells a decision from its record, in words. Status 1 when one cannot be told. */
export async function explain(terminal: Terminal): Promise<number> {
  const { wanted, from } = readFrom(terminal.args, USAGE);
  const config = readConfig(terminal.environment);
  if (wanted !== '-' && !existsSync(wanted)) {
    const { source, close } = await openSource(from, config);
    try {
      const found = await findRecords(source, wanted);
      if ('missing' in found) throw new UsageError(missingWords(wanted, found.missing));
      const subjects = found.records.map(({ node, number: block, index, record }) => {
        return { record, id: formatRecordId({ node, block, index }) };
      });
      return tell(terminal, subjects, await learnRulesFor(subjects.map(recordOf), source));
    } finally {
      await close();
    }
  }
  const records = await recordsIn(wanted);
  const rules = from === undefined ? undefined : await openSource(from, config);
  try {
    const replayer =
      rules === undefined ? new Replayer() : await learnRulesFor(records.map(recordOf), rules.source);
    for (const { record } of records) replayer.learn(record);
    const decisions = records.filter(({ record }) => !('publication' in readRecord(record)));
    return tell(terminal, decisions, replayer);
  } finally {
    await rules?.close();
  }
}

function recordOf({ record }: Subject): string {
  return record;
}

/** The records of a file, one a line. */
async function recordsIn(path: string): Promise<readonly Subject[]> {
  const records: Subject[] = [];
  for await (const record of linesOf(path === '-' ? process.stdin : createReadStream(path)))
    records.push({ record, id: undefined });
  return records;
}

function tell({ out, err }: Terminal, subjects: readonly Subject[], { rulings }: Replayer): number {
  let refused = 0;
  for (const [index, { record, id }] of subjects.entries()) {
    if (index > 0) out('\n');
    const explained = explainRecord(record, rulings, id);
    if ('refusal' in explained) {
      refused++;
      err(`${id ?? `line ${index + 1}`}: ${explained.refusal.message}\n`);
    } else out(tellExplanation(explained.explanation));
  }
  return refused > 0 ? STATUS_REFUSED : 0;
}
