import { describe, expect, expectTypeOf, it } from 'vitest';
import { help, readOptions } from './command-line.ts';

const options = {
  rounds: { type: 'number', about: 'how many', default: 12 },
  only: { type: 'string', about: 'part of a name', default: '' },
  engine: { type: 'string', about: 'what holds the sandboxes' },
  verbose: { type: 'boolean', about: 'says more' },
} as const;

describe('options', () => {
  it('are what was given, or what they are unless told', () => {
    const values = readOptions(options, ['--rounds', '3', '--engine=docker']);
    expect(values).toEqual({ rounds: 3, only: '', engine: 'docker', verbose: false });
    expectTypeOf(values).toEqualTypeOf<{
      rounds: number;
      only: string;
      engine: string | undefined;
      verbose: boolean;
    }>();
  });

  it.each([
    [['--round', '3'], "Unknown option '--round'"],
    [['-x'], "Unknown option '-x'"],
    [['three'], "Unexpected argument 'three'"],
    [['--engine'], "Option '--engine <value>' argument missing"],
    [['--verbose=no'], "Option '--verbose' does not take an argument"],
    [['--rounds', 'three'], '--rounds is "three", which is no number to count with'],
    [['--rounds', ''], '--rounds is "", which is no number to count with'],
    [['--rounds=-1'], '--rounds is "-1", which is no number to count with'],
  ])('%j is refused in a sentence', (args, sentence) => {
    expect(() => readOptions(options, args)).toThrow(expect.objectContaining({ message: sentence }));
  });
});

it('help lists them', () => {
  expect(help({ name: 'npm run trial', about: 'Tries it.', options })).toBe(`Tries it.

npm run trial -- [options]

  --rounds <number>  how many; 12 unless told
  --only <text>      part of a name
  --engine <text>    what holds the sandboxes
  --verbose          says more`);
});
