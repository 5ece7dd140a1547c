import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Sandgate, type Session } from '@sandgate/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { run } from './door.ts';

const packages = resolve(import.meta.dirname, '../../node_modules');
const chosen = ['zod', 'hono', '@hono', 'vitest', 'knip', '.bin'];

/** All that can be seen of names, types, modes, link targets and times to the microsecond; of sizes and holes; and of bytes. */
const look = `
  find . -mindepth 1 -printf '%P\\0%y\\0%m\\0%l\\0%T@\\n' | sed -E 's/(\\.[0-9]{6})[0-9]+$/\\1/' | LC_ALL=C sort | sha256sum
  find . -type f -printf '%P\\0%s\\n' | LC_ALL=C sort | sha256sum
  find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum`;

/** What an archive leaves away: which names are one file, holes, and names that are not UTF-8. */
const lookCloser = `${look}
  find . ! -type d -printf '%P\\0%n\\n' | LC_ALL=C sort | sha256sum
  find . ! -user "$(id -u)" -o ! -group "$(id -g)" | wc -l
  test "$(du -k "extra/sparse" | cut -f1)" -lt 1000 && echo "holes are holes"`;

/** Git has nothing to say of it: no object is missing or damaged, and no file is another than it knows. */
const askGit = 'cd "$1"; git fsck --full --strict --no-progress 2>&1; git status --porcelain; git log --format=%s';

const repository = `
  git init -q repository; cd repository; git config user.email a@b; git config user.name a
  cp -r ../packages/hono/dist src; git add .; git commit -qm first; rm -r src/middleware; echo x >> src/index.js
  git add .; git commit -qm second; git gc -q; git checkout -qb branch; ln -s src/index.js link; chmod 755 src/index.js
  git add .; git commit -qm third; cd ..`;

const odd = `
  touch "odd 'name'" '"quoted"' ./-rf '*' 'back\\slash' $'line\\nbreak' $'tab\\there' 'e\u0301 \u00e9 🎉 \u202e' "$(printf %0255d 0)"
  : > empty; mkdir -m 711 'empty directory'; mkdir -p deep/er/est; echo x > deep/er/est/file; chmod 500 deep/er
  ln -s nowhere dangling; ln -s 'odd '\\''name'\\''' 'to an odd name'; ln -s . loop; ln -s ../deep deep/up
  echo secret > secret; chmod 400 secret; echo run > program; chmod 775 program; printf '\\0\\1\\2\\377' > binary
  touch -d 1969-07-20T20:17:40.123456Z old; touch -d 2100-01-01T00:00:00.999999Z future; touch -h -d 2001-02-03T04:05:06.7Z dangling`;

/** Beside what an archive keeps. */
const extra = `
  mkdir extra; cd extra; touch $'not utf-8 \\xff\\xfe'; ln ../odd/program program; ln program again
  truncate -s 300M sparse; printf end >> sparse; cd ..`;

/** Changes of each kind, each of which a restore has to take back. */
const change = `
  rm -r packages/zod; chmod 700 packages/hono/package.json; echo more >> packages/hono/package.json; chmod -R u+w odd
  mv odd/binary odd/moved; rm odd/dangling; ln -s elsewhere odd/dangling; touch odd/empty; mkdir odd/new; rm odd/loop
  mkdir odd/loop; rm extra/again; cp extra/program extra/again; rm -rf repository/.git/objects`;

describe('a package’s tree, a repository and odd names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-round-trip-'));
  let stack: Stack;
  let session: Session;

  /** The server's notes are no part of it: they are written in each turn. */
  const outputOf = async ({ id }: Session, script: string) =>
    (await run(stack, id, `rm -rf .sandgate; ${script}`)).outputText;
  const output = (script: string) => outputOf(session, script);
  const git = (path: string) => output(`set -- ${path}; ${askGit}`);
  const clean = 'third\nsecond\nfirst\n';

  beforeAll(async () => {
    stack = await startStack({ folder });
    const client = new Sandgate({ baseUrl: stack.url, apiKey: stack.apiKey, timeoutMs: 180_000, maxRetries: 0 });
    session = await client.sessions.create();
  });
  afterAll(async () => {
    await stack?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('come up in an archive as they are on this machine', async () => {
    const archive = execFileSync('tar', ['-c', '--format=posix', '-C', packages, ...chosen], { maxBuffer: 2 ** 30 });
    const { entries } = await session.files.writeArchive('packages', new Uint8Array(archive));
    expect(entries).toBeGreaterThan(2000);
    const unpacked = join(folder, 'unpacked');
    execFileSync('sh', ['-c', 'mkdir "$1" && tar -xp -C "$1"', 'sh', unpacked], { input: archive });
    const here = execFileSync('bash', ['-c', look], { cwd: unpacked, encoding: 'utf8' });
    expect(await output(`cd packages; ${look}`)).toBe(here);
  });

  it('are the same behind a sleep, of which the engine keeps nothing', async () => {
    expect(await output(`set -e; ${repository}; mkdir odd; cd odd; ${odd}; cd ..; ${extra}; echo made`)).toMatch(
      /made\n$/,
    );
    const before = await output(lookCloser);
    expect(before).toMatch(/^([0-9a-f]{64} {2}-\n){4}0\nholes are holes\n$/);
    await session.sleep();
    expect(execFileSync('find', [join(folder, 'engine/containers'), '-mindepth', '1'], { encoding: 'utf8' })).toBe('');
    await session.wake();
    expect(await output(lookCloser)).toBe(before);
    expect(await git('repository')).toBe(clean);
  });

  it('are the same as the snapshot, whatever was done since', async () => {
    const before = await output(lookCloser); // Not as of the last test: a look of git at it may write its index anew.
    const { id } = await session.snapshots.create();
    await output(change);
    expect(await output(lookCloser)).not.toBe(before);
    await session.snapshots.restore(id);
    expect(await output(lookCloser)).toBe(before);
    expect(await git('repository')).toBe(clean);
  });

  it('are the same in a fork, and stay so whatever the fork does to its own', async () => {
    const before = await output(lookCloser);
    const fork = await session.fork();
    expect(await outputOf(fork, lookCloser)).toBe(before);
    expect(await outputOf(fork, `set -- repository; ${askGit}`)).toBe(clean);
    await outputOf(fork, change);
    await fork.sleep();
    expect(await outputOf(fork, lookCloser)).not.toBe(before);
    await session.sleep();
    expect(await output(lookCloser)).toBe(before);
    await fork.delete();
  });

  it('are the same behind an archive, but for what it says it leaves away', async () => {
    await output('rm -r extra');
    const here = await output(look);
    for (const format of ['tar', 'tar.gz'] as const) {
      await session.files.writeArchive(format, (await session.files.readArchive('.', { format })).stream);
      expect(await output(`cd ${format}; rm -rf .sandgate; ${look}`)).toBe(here);
      expect(await git(`${format}/repository`)).toBe(clean);
      await output(`chmod -R u+w ${format}; rm -r ${format}`);
    }
  });
});
