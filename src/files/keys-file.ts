import { unwatchFile, watchFile } from 'node:fs';
import { open } from 'node:fs/promises';
import { KeyRing } from '../access/key-ring.js';
import { readKeys } from '../access/read-keys.js';
import type { Journal, Notices } from '../engine/ports.js';

const BYTES_MAX = 8 * 1_048_576;
/** Looked at, not waited for: a file that is replaced by renaming, or on a network, sends no events. */
const LOOK_MS = 1000;
const WRITABLE_BY_OTHERS = 0o022;
const READABLE_BY_EVERYBODY = 0o004;

/** The file cannot be used: the sentences say why, and repeat nothing of it. */
export class KeysFileError extends Error {
  override readonly name = 'KeysFileError';
}

/** The keys file of an engine, read again when it changes and at SIGHUP. */
export class KeysFile {
  readonly #path: string;
  readonly #journal: Journal & Notices;
  #ring = new KeyRing([]);
  #reading: Promise<void> = Promise.resolve();
  #isOpen = false;
  /** Before the first keys are in force, and after the last, there is nothing to renew. */
  readonly #lookAgain = (): void => {
    if (this.#isOpen) void this.reload();
  };

  private constructor(path: string, journal: Journal & Notices) {
    this.#path = path;
    this.#journal = journal;
  }

  /** @throws KeysFileError when the file cannot be used. */
  static async open(path: string, journal: Journal & Notices): Promise<KeysFile> {
    const file = new KeysFile(path, journal);
    await file.#read();
    file.#isOpen = true;
    watchFile(path, { interval: LOOK_MS, persistent: false }, file.#lookAgain);
    process.on('SIGHUP', file.#lookAgain);
    // What changed since the first reading would not be seen as a change.
    await file.#read();
    return file;
  }

  get ring(): KeyRing {
    return this.#ring;
  }

  /** A new file that cannot be used changes nothing: who could call still can, and nobody else. */
  reload(): Promise<void> {
    this.#reading = this.#reading
      .then(() => this.#read())
      .then(
        () => {
          this.#journal.notice(`the keys file was read again: ${this.#ring.callers} callers`);
        },
        (error: unknown) => {
          this.#journal.fault('the new keys file cannot be used, the keys read before stay in force', error);
        },
      );
    return this.#reading;
  }

  close(): void {
    this.#isOpen = false;
    unwatchFile(this.#path, this.#lookAgain);
    process.off('SIGHUP', this.#lookAgain);
  }

  async #read(): Promise<void> {
    const { text, isOpenToEverybody } = await readGuarded(this.#path);
    const reading = readKeys(text);
    if ('faults' in reading) throw unusable(this.#path, reading.faults.join('\n'));
    this.#ring = new KeyRing(reading.document.callers);
    if (isOpenToEverybody) {
      this.#journal.notice('everybody on this machine can read the keys file, and so who may call');
    }
  }
}

interface Guarded {
  readonly text: string;
  readonly isOpenToEverybody: boolean;
}

/**
 * Whoever can write the file can let himself in, so it must be the owner's alone to write. Reading it tells who may call,
 * which is nobody's business, but opens no door: the file holds no key. So that is only told.
 */
async function readGuarded(path: string): Promise<Guarded> {
  const file = await open(path).catch((error: unknown) => {
    throw unusable(path, `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  });
  try {
    const status = await file.stat();
    if (!status.isFile()) throw unusable(path, 'It is no file.');
    if (status.size > BYTES_MAX) throw unusable(path, `It is larger than ${BYTES_MAX} bytes.`);
    if ((status.mode & WRITABLE_BY_OTHERS) !== 0) {
      throw unusable(path, 'Others than its owner can write it, and so let themselves in: chmod go-w.');
    }
    return {
      text: await file.readFile('utf8'),
      isOpenToEverybody: (status.mode & READABLE_BY_EVERYBODY) !== 0,
    };
  } finally {
    await file.close();
  }
}

function unusable(path: string, why: string): KeysFileError {
  return new KeysFileError(`The keys file ${path} cannot be used.\n${why}`);
}
