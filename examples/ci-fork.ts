/**
 * A CI job that prepares a project once, and forks it for each test: every test begins with the same installed files and
 * the same running past, has them for itself, and all run at the same time. No file is copied for it.
 *
 *   export SANDGATE_BASE_URL=http://127.0.0.1:8787 SANDGATE_API_KEY=…   # as `npm start` prints them
 *   node examples/ci-fork.ts ./project 'make build' 'make test-one' 'make test-two' …
 *
 * It exits with 1 where a test failed. What `make build` has to reach is allowed by `egress`: docs/egress.md.
 */
import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { Sandgate, type Session } from '@sandgate/client';

const [folder = '.', preparation = 'true', ...tests] = process.argv.slice(2);
const client = new Sandgate();
const opened: Session[] = [];

async function run(session: Session, command: string): Promise<{ isPassed: boolean; output: string }> {
  let result = { isPassed: false, output: '' };
  for await (const event of session.chat(command))
    if (event.type === 'tool.result') result = { isPassed: event.exitCode === 0, output: event.output };
    else if (event.type === 'error') result = { isPassed: false, output: `${event.code}: ${event.message}\n` };
  return result;
}

async function runForked(prepared: Session, snapshotId: string, test: string): Promise<boolean> {
  const session = await prepared.fork({ snapshotId });
  opened.push(session);
  const { isPassed, output } = await run(session, test);
  console.log(`${isPassed ? '✓' : '✗'} ${test}`);
  if (!isPassed) console.log(output.replaceAll(/^/gm, '    '));
  return isPassed;
}

try {
  const prepared = await client.sessions.create({ permissionMode: 'bypass', metadata: { job: 'ci' } });
  opened.push(prepared);
  const { stdout } = spawn('tar', ['-C', folder, '--exclude=./.git', '-cz', '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await prepared.files.writeArchive('.', Readable.toWeb(stdout) as ReadableStream<Uint8Array>);
  const { isPassed, output } = await run(prepared, preparation);
  if (!isPassed) throw new Error(`The preparation failed:\n${output}`);

  const { id } = await prepared.snapshots.create({ name: 'prepared' });
  const passed = await Promise.all(tests.map((test) => runForked(prepared, id, test)));
  const failed = passed.filter((isPassed) => !isPassed).length;
  console.log(`${passed.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  for (const session of opened) await session.delete();
}
