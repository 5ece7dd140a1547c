import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

export interface Option {
  /** A list is given with commas, or by the same option again, or both. */
  type: 'boolean' | 'string' | 'number' | 'list';
  /** What it does, for `--help`. */
  about: string;
  /** What it is unless told. */
  default?: string | number | readonly string[];
  /** All that it can be; of a list, all that can be in it. */
  oneOf?: readonly string[];
  /** It is a part of at least one of these. */
  partOf?: readonly string[];
}

type Name<O extends Option> = O extends { oneOf: readonly (infer Name)[] } ? Name : string;

type Value<O extends Option> =
  | { boolean: boolean; string: Name<O>; number: number; list: Name<O>[] }[O['type']]
  | (O extends { default: unknown } | { type: 'boolean' } ? never : undefined);

export type Values<Options extends Record<string, Option>> = {
  -readonly [Name in keyof Options]: Value<Options[Name]>;
};

export interface Command<Options extends Record<string, Option>> {
  /** How it is called: `npm run chaos`. */
  name: string;
  /** What it does, for `--help`. */
  about: string;
  options: Options;
}

/**
 * The options that a command was called with. `--help` says which there are and ends the process; so does, in a sentence
 * and with 2, what is none of them.
 *
 * @example
 * const { seed } = commandLine({ name: 'npm run chaos', about: '…', options: { seed: { type: 'string', about: '…' } } });
 */
export function commandLine<const Options extends Record<string, Option>>(
  command: Command<Options>,
  args = process.argv.slice(2),
): Values<Options> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help(command));
    process.exit(0);
  }
  try {
    return readOptions(command.options, args);
  } catch (error) {
    console.error(`${(error as Error).message}. What there is, says: ${command.name} -- --help`);
    process.exit(2);
  }
}

/** @throws where an option is unknown or its value is none, in a sentence. */
export function readOptions<const Options extends Record<string, Option>>(
  options: Options,
  args: string[],
): Values<Options> {
  const config: ParseArgsOptionsConfig = {};
  for (const [name, { type }] of Object.entries(options))
    config[name] = { type: type === 'boolean' ? type : 'string', multiple: type === 'list' };
  const values = parse(config, args);
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [name, read(name, option, values[name])]),
  ) as Values<Options>;
}

function parse(options: ParseArgsOptionsConfig, args: string[]) {
  try {
    return parseArgs({ options, args }).values;
  } catch (error) {
    // Behind the first sentence is advice for whoever means a positional argument, of which there are none.
    throw new Error((error as Error).message.split(/\.?(?: To | This |\n)/)[0], { cause: error });
  }
}

function read(name: string, option: Option, given: unknown): unknown {
  if (option.type === 'boolean') return given === true;
  if (given === undefined) return option.default;
  if (option.type === 'list') return listed(given).map((text) => known(name, option, text));
  if (option.type === 'string') return known(name, option, String(given));
  const number = Number(given);
  if (given === '' || !Number.isInteger(number) || number < 0)
    throw new Error(`--${name} is "${given}", which is no number to count with`);
  return number;
}

const listed = (given: unknown) => [given].flat().flatMap((text) => String(text).split(','));

function known(name: string, { oneOf, partOf }: Option, text: string): string {
  if (oneOf && !oneOf.includes(text)) throw new Error(`--${name} is "${text}", which is none of ${oneOf.join(', ')}`);
  if (partOf && !partOf.some((whole) => whole.includes(text)))
    throw new Error(
      `--${name} is "${text}", which is part of none of ${partOf.length > 20 ? `${partOf.length} names` : partOf.join(', ')}`,
    );
  return text;
}

/** What `--help` prints. */
export function help({ name, about, options }: Command<Record<string, Option>>): string {
  const rows = Object.entries(options).map(([option, { type, about, oneOf, default: unless }]) => [
    `--${option}${{ boolean: '', string: ' <text>', number: ' <number>', list: ' <list>' }[type]}`,
    about +
      (oneOf ? `: ${oneOf.join(', ')}` : '') +
      (unless === undefined || unless === '' ? '' : `; ${unless} unless told`),
  ]);
  if (rows.length === 0) return `${about}\n\n${name}`;
  const width = Math.max(...rows.map(([option = '']) => option.length));
  const lines = rows.map(([option = '', about]) => `  ${option.padEnd(width)}  ${about}`);
  return `${about}\n\n${name} -- [options]\n\n${lines.join('\n')}`;
}
