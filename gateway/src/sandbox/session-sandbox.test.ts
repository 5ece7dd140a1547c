import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Env } from '../env.ts';
import { SessionSandbox } from './session-sandbox.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers().unstubAllGlobals().restoreAllMocks());

function sandboxThat(destroy: () => Promise<void>) {
  const env = { SANDBOX: { getByName: () => ({ destroy }) } } as unknown as Env;
  return new SessionSandbox(env, { name: 'sb-1', sessionId: 's', idleTimeoutSeconds: 60, env: '{}' });
}

it('does not wait for ever for the end of a container', async () => {
  const destroyed = sandboxThat(() => new Promise(() => undefined)).destroy();
  const refused = expect(destroyed).rejects.toMatchObject({ code: 'sandbox_unavailable', retryAfterSeconds: 5 });
  await vi.runAllTimersAsync();
  await refused;
});

it('leaves no timer behind a container that ended', async () => {
  await sandboxThat(async () => undefined).destroy();
  expect(vi.getTimerCount()).toBe(0);
});

/** A sandbox that waits for its disk until it is prepared, which may fail; and how often it was waited for. */
function sandboxAwaitingDisk(prepare: (attempt: number) => void) {
  const waits: number[] = [];
  vi.stubGlobal('scheduler', { wait: async (ms: number) => void waits.push(ms) });
  const health = {
    status: 'starting',
    bootId: 'boot',
    version: '1',
    agents: [],
    lastActivityAt: '2026-11-23T04:00:00Z',
  };
  let attempts = 0;
  let isReady = false;
  const prepareDisk = async () => {
    attempts += 1;
    prepare(attempts);
    isReady = true;
    return { value: undefined };
  };
  const deliver = async () => Response.json(isReady ? { ...health, status: 'idle' } : { ...health, awaitsDisk: true });
  const env = {
    SANDBOX: { getByName: () => ({ deliver }) },
    ORCHESTRATOR: { getByName: () => ({ prepareDisk, logContainer: async () => undefined }) },
    SANDBOX_MASTER_SECRET: 'secret',
    SANDBOX_READY_TIMEOUT_MS: '60000',
  } as unknown as Env;
  const settings = { name: 'sb-1', sessionId: 's', idleTimeoutSeconds: 60, env: '{}' };
  return { sandbox: new SessionSandbox(env, settings), waits };
}

it('is asked at once whether it is ready where it waited for its disk', async () => {
  const { sandbox, waits } = sandboxAwaitingDisk(() => undefined);
  expect(await sandbox.ensure()).toMatchObject({ status: 'idle' });
  expect(waits).toEqual([]);
});

it('asks again to have its disk restored where the Orchestrator was restarted under the call', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const { sandbox, waits } = sandboxAwaitingDisk((attempt) => {
    if (attempt === 1) throw new Error('The object was reset.');
  });
  expect(await sandbox.ensure()).toMatchObject({ status: 'idle' });
  expect(waits).toEqual([100]);
});

it('says that what was saved has no room on its disk', async () => {
  vi.stubGlobal('scheduler', { wait: async (ms: number) => void vi.advanceTimersByTime(ms) });
  const starting = {
    status: 'starting',
    bootId: 'boot',
    version: '1',
    agents: [],
    lastActivityAt: '2026-11-23T04:00:00Z',
  };
  const prepareDisk = async () => ({ refusal: { code: 'disk_full', detail: 'No space left on device.' } });
  const env = {
    SANDBOX: { getByName: () => ({ deliver: async () => Response.json({ ...starting, awaitsDisk: true }) }) },
    ORCHESTRATOR: { getByName: () => ({ prepareDisk, logContainer: async () => undefined }) },
    SANDBOX_MASTER_SECRET: 'secret',
    SANDBOX_READY_TIMEOUT_MS: '1000',
  } as unknown as Env;
  const sandbox = new SessionSandbox(env, { name: 'sb-1', sessionId: 's', idleTimeoutSeconds: 60, env: '{}' });
  await expect(sandbox.ensure()).rejects.toMatchObject({
    code: 'sandbox_unavailable',
    message: expect.stringContaining('no room for what was saved'),
  });
});
