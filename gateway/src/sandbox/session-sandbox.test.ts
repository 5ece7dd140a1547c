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

it('asks again to have its disk restored where the Orchestrator was restarted under the call', async () => {
  vi.stubGlobal('scheduler', { wait: async () => undefined });
  vi.spyOn(console, 'error').mockReturnValue();
  const health = {
    status: 'starting',
    bootId: 'boot',
    version: '1',
    agents: [],
    lastActivityAt: '2026-11-23T04:00:00Z',
  };
  let asked = 0;
  const prepareDisk = async () => {
    asked += 1;
    if (asked === 1) throw new Error('The object was reset.');
    return { value: undefined };
  };
  const deliver = async () =>
    Response.json(asked < 2 ? { ...health, awaitsDisk: true } : { ...health, status: 'idle' });
  const env = {
    SANDBOX: { getByName: () => ({ deliver }) },
    ORCHESTRATOR: { getByName: () => ({ prepareDisk, logContainer: async () => undefined }) },
    SANDBOX_MASTER_SECRET: 'secret',
    SANDBOX_READY_TIMEOUT_MS: '60000',
  } as unknown as Env;
  const sandbox = new SessionSandbox(env, { name: 'sb-1', sessionId: 's', idleTimeoutSeconds: 60, env: '{}' });
  expect(await sandbox.ensure()).toMatchObject({ status: 'idle' });
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
  const sandbox = new SessionSandbox(env, { name: 'sb-1', sessionId: 's', idleTimeoutSeconds: 60, env: {} });
  await expect(sandbox.ensure()).rejects.toMatchObject({
    code: 'sandbox_unavailable',
    message: expect.stringContaining('no room for what was saved'),
  });
});
