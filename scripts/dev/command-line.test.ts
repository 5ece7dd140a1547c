import { describe, expect, expectTypeOf, it } from 'vitest';
import { help, readOptions } from './command-line.ts';

const options = {
  rounds: { type: 'number', about: 'how many', default: 12 },
  only: { type: 'string', about: 'part of a name', default: '' },
  engine: { type: 'string', about: 'what holds the sandboxes' },
  rows: { type: 'list', about: 'what is measured', oneOf: ['speed', 'memory', 'disk'] },
  storage: { type: 'list', about: 'where state is', default: ['memory', 'disk'] },
  agent: { type: 'string', about: 'who works', oneOf: ['shell', 'claude'], default: 'shell' },
  fault: { type: 'string', about: 'part of its name', partOf: ['engine killed', 'readers stuck'] },
  verbose: { type: 'boolean', about: 'says more' },
} as const;

describe('options', () => {
  it('are what was given, or what they are unless told', () => {
    const args = ['--rounds', '3', '--engine=docker', '--rows', 'disk,speed', '--rows=memory', '--fault', 'killed'];
    const values = readOptions(options, args);
    expect(values).toEqual({
      rounds: 3,
      only: '',
      engine: 'docker',
      rows: ['disk', 'speed', 'memory'],
      storage: ['memory', 'disk'],
      agent: 'shell',
      fault: 'killed',
      verbose: false,
    });
    expectTypeOf(values).toEqualTypeOf<{
      rounds: number;
      only: string;
      engine: string | undefined;
      rows: ('speed' | 'memory' | 'disk')[] | undefined;
      storage: string[];
      agent: 'shell' | 'claude';
      fault: string | undefined;
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
    [['--agent', 'nobody'], '--agent is "nobody", which is none of shell, claude'],
    [['--rows', 'disk,'], '--rows is "", which is none of speed, memory, disk'],
    [['--fault', 'meteor'], '--fault is "meteor", which is part of none of engine killed, readers stuck'],
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
  --rows <list>      what is measured: speed, memory, disk
  --storage <list>   where state is; memory,disk unless told
  --agent <text>     who works: shell, claude; shell unless told
  --fault <text>     part of its name
  --verbose          says more`);
});

it('help of a command without options says what it does', () => {
  expect(help({ name: 'npm run trial', about: 'Tries it.', options: {} })).toBe('Tries it.\n\nnpm run trial');
});
