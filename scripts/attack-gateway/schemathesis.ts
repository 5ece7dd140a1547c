import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../dev/stack.ts';
import { createSession } from '../public-door/door.ts';
import { testEngine } from '../public-door/test-engine.ts';
import { tally } from './tally.ts';

/** What is asked of each answer. What the document cannot say, it would take for a mistake: those checks are left out. */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
  'missing_required_header',
  'unsupported_method',
  'allow_header_conformance',
  'ignored_auth',
];

/** A second opinion on the document, by Schemathesis where that is installed: `pip install schemathesis`. */
export async function schemathesis(seed: string): Promise<boolean> {
  if (spawnSync('schemathesis', ['--version']).status !== 0) {
    console.log('\nSchemathesis is not installed, and was not run: pip install schemathesis');
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'sandgate-schemathesis-'));
  const most = '1000000';
  const unlimited = {
    ...{ REQUEST_LIMIT: most, ACCOUNT_SESSION_LIMIT: most },
    ...{ ACCOUNT_TURN_LIMIT: most, ACCOUNT_WEBHOOK_LIMIT: most },
  };
  const stack = await startStack({ folder, engine: testEngine, vars: unlimited });
  try {
    // What the examples of the document are about. Nobody is asked, so that no turn waits.
    await createSession(stack, { id: 'build-42', permissionMode: 'bypass' });
    const { stdout } = spawnSync(
      'schemathesis',
      [
        ...[
          'run',
          `${stack.url}/openapi.json`,
          '--url',
          stack.url,
          '--header',
          `Authorization: Bearer ${stack.apiKey}`,
        ],
        ...['--checks', checks.join(','), '--phases', 'examples,coverage,fuzzing', '--max-examples', '50'],
        ...['--seed', seed, '--request-timeout', '60', '--workers', '4', '--continue-on-failure', '--no-color'],
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: Number.POSITIVE_INFINITY },
    );
    console.log(stdout);
    // Its status also tells of errors of its own, as of a generator that fails: those are none of ours.
    const [, generated = '0', verdicts = ''] = /(\d+) generated,(.*)/.exec(stdout) ?? [];
    tally('requests of Schemathesis', Number(generated));
    return Number(generated) > 0 && !/\d+ failed/.test(verdicts);
  } finally {
    await stack.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
