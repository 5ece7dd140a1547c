import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

/** Without the programs of node_modules: a command that does not refuse does not get far. */
const env = { PATH: '/usr/bin:/bin', HOME: tmpdir() };

async function run(program: string, ...args: string[]) {
  const script = join(import.meta.dirname, '..', `${program}.ts`);
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], { env });
  const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, error, code };
}

/** What each is called wrongly with, and how it says what there is. */
const commands: [program: string, wrong: string[], sentence: string][] = [
  ['dev/start', ['--engine', 'lxc'], '--engine is "lxc", which is none of local, docker'],
  ['dev/demo', ['--agent', 'nobody'], '--agent is "nobody", which is none of shell, claude'],
  ['rebuild-index/main', ['--engine', 'lxc'], '--engine is "lxc", which is none of local, docker'],
  ['bench/main', ['--only', 'disk,speed'], '--only is "speed", which is none of memory, throughput, latency, '],
  ['chaos/main', ['--only', 'meteor'], '--only is "meteor", which is part of none of connections cut, '],
  ['attack/main', ['--only', 'bribery'], '--only is "bribery", which is part of none of '],
  [
    'attack-gateway/main',
    ['--only', 'bribery'],
    '--only is "bribery", which is part of none of scripts/attack-gateway/',
  ],
  ['clients/main', ['--only', 'cobol'], '--only is "cobol", which is none of typescript, python, '],
  ['docs/main', ['--page', 'README'], "Unknown option '--page'"],
  ['browser/main', ['--shot', 'here'], "Unknown option '--shot'"],
  ['local-engine/bench', ['50'], "Unexpected argument '50'"],
  ['release/main', ['--dry-run'], "Unknown option '--dry-run'"],
  ['check', ['--fix'], "Unknown option '--fix'"],
];

describe.each(commands)('%s', (program, wrong, sentence) => {
  it('says with --help what there is', async () => {
    const { out, error, code } = await run(program, '--help');
    expect({ error, code }).toEqual({ error: '', code: 0 });
    expect(out).toMatch(/^\S.*\.\n\nnpm \S.*\n(\n( {2}--\w.*\n)+)?$/);
  });

  it('says in a line what it does not know, and ends with 2', async () => {
    const { out, error, code } = await run(program, ...wrong);
    expect({ out, code }).toEqual({ out: '', code: 2 });
    expect(error).toMatch(/^.+\. What there is, says: npm .+ -- --help\n$/);
    expect(error).toContain(sentence);
  });
});
