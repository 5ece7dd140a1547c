import { afterEach, expect, it, vi } from 'vitest';
import type { Env } from '../env.ts';
import { containerOutput } from './container-output.ts';
import { sandboxSecret } from './secret.ts';

const masterSecret = 'master';
const asked: string[] = [];

/** An environment whose platform gives this answer. */
function envOf(answer: () => Response): Env {
  const fetch = async (url: string) => {
    asked.push(url);
    return answer();
  };
  const SANDBOX = { idFromName: (name: string) => `id-of-${name}` };
  return { CONTAINER_OUTPUT: { fetch }, SANDBOX, SANDBOX_MASTER_SECRET: masterSecret } as unknown as Env;
}

afterEach(() => void vi.restoreAllMocks());

it('does not hold the secret of the sandbox, wherever it was printed', async () => {
  const secret = await sandboxSecret(masterSecret, 'sb-one');
  const line = { at: '2026-11-22T20:34:00.000Z', source: 'container', stream: 'stdout' };
  const lines = [{ ...line, text: `A=${secret} B=${secret}` }];
  const output = await containerOutput(
    envOf(() => Response.json({ lines, truncated: true })),
    'sb-one',
  );
  expect(output).toEqual({ lines: [{ ...line, text: 'A=[secret] B=[secret]' }], truncated: true });
  expect(asked).toEqual(['http://container/id-of-sb-one']);
});

it('is nothing where the platform hands none out', async () => {
  expect(await containerOutput({} as Env, 'sb-one')).toEqual({ lines: [], truncated: false });
});

it('is nothing where it cannot be read, which is logged', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const output = await containerOutput(
    envOf(() => new Response('no engine', { status: 502 })),
    'sb-one',
  );
  expect(output).toEqual({ lines: [], truncated: false });
  expect(error.mock.calls.join()).toContain('no engine');
});
