import { describe, expect, it } from 'vitest';
import { parsePage } from './page.ts';

const page = (...lines: string[]) => parsePage('docs/page.md', lines.join('\n'));

describe('a page', () => {
  it('has its blocks, each with its lines and with what it has to print', () => {
    const { blocks } = page('# Page', '', '```sh', 'echo hello', '```', '', '```text', 'hello', '```');
    expect(blocks).toMatchObject([
      { language: 'sh', text: 'echo hello', line: 3, endLine: 5, output: { value: 'hello' } },
    ]);
  });

  it('takes JSON behind a paragraph for an example, and not for an output', () => {
    const { blocks } = page('```sh', 'true', '```', '', 'As this:', '', '```json', '{}', '```');
    expect(blocks).toHaveLength(1);
    expect(blocks[0]?.output).toBeUndefined();
  });

  it('heeds the comments before a block, and no further', () => {
    const { blocks, preludes } = page(
      ...['<!-- not run: needs an account -->', '', '```sh', 'deploy', '```', '', '```sh', 'true', '```', ''],
      ...['<!-- prelude ts', 'declare const a: string;', '-->', '', '<!-- fails -->', '', '```ts', 'a;', '```'],
    );
    expect(blocks.map(({ notRun, fails }) => [notRun, fails])).toEqual([
      ['needs an account', false],
      [undefined, false],
      [undefined, true],
    ]);
    expect(preludes).toMatchObject([{ language: 'ts', text: 'declare const a: string;', line: 11 }]);
  });

  it('refuses a comment that is before no block', () => {
    expect(() => page('<!-- not run: why -->', '', 'Text.')).toThrow('docs/page.md:3');
  });

  it('has anchors as GitHub has them, and links as paths of the repository', () => {
    const { anchors, links } = page(
      '## What is `kept`?',
      '## What is kept',
      '[a](../README.md#start) [b](#x) [c](https://c.example) [d](/docs)',
    );
    expect([...anchors]).toEqual(['what-is-kept', 'what-is-kept-1']);
    expect(links).toEqual([
      { line: 3, path: 'README.md', anchor: 'start' },
      { line: 3, path: 'docs/page.md', anchor: 'x' },
    ]);
  });
});
