import type { Declaration } from './declaration.js';
import { OPTIONS } from './options.js';

type Options = typeof OPTIONS;
export type OptionName = keyof Options;

/** The value of every option. */
export type Config = {
  readonly [Name in OptionName]: Options[Name] extends Declaration<infer T> ? T : never;
};

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown at start: names every variable that is unknown or does not fit. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** The configuration of this process; other variables than PARLEY_ ones are not looked at. */
export function readConfig(environment: Environment): Config {
  const faults = unknownNames(environment);
  const values = Object.entries<Declaration<unknown>>(OPTIONS).map(([name, declaration]) => {
    const given = environment[name];
    if (given === undefined || given === '') return [name, declaration.fallback] as const;
    const reading = declaration.read(given);
    if ('value' in reading) return [name, reading.value] as const;
    faults.push(`${name} ${reading.wrong}.`);
    return [name, declaration.fallback] as const;
  });
  const config = Object.fromEntries(values) as Config;
  faults.push(...openDoor(config), ...noReplica(config));
  if (faults.length > 0) throw new ConfigError(faults.join('\n'));
  return config;
}

/** Without keys whoever reaches the engine may do everything, so nobody but this machine may reach it. */
function openDoor({ PARLEY_HOST: host, PARLEY_KEYS_FILE: keys }: Config): string[] {
  if (keys !== undefined || LOOPBACK.test(host)) return [];
  return [
    'PARLEY_HOST must be a loopback address (127.x.x.x, ::1 or localhost) as long as PARLEY_KEYS_FILE is not set: ' +
      'without keys whoever reaches the engine may do everything.',
  ];
}

/** Whoever asks for a replica must not be answered without one. */
function noReplica({ PARLEY_DURABILITY: durability, REDIS_URL: url }: Config): string[] {
  if (durability !== 'replicated' || url !== undefined) return [];
  return ['PARLEY_DURABILITY replicated needs a REDIS_URL: the embedded ledger has no replica.'];
}

function unknownNames(environment: Environment): string[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith('PARLEY_') && !Object.hasOwn(OPTIONS, name))
    .map(
      (name) => `${name} is not an option of Parley; the options are: ${Object.keys(OPTIONS).join(', ')}.`,
    );
}
