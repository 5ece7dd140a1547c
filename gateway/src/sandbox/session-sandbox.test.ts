import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Env } from '../env.ts';
import { SessionSandbox } from './session-sandbox.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function sandboxThat(destroy: () => Promise<void>) {
  const env = { SANDBOX: { getByName: () => ({ destroy }) } } as unknown as Env;
  return new SessionSandbox(env, { name: 'sb-1', sessionId: 's', idleTimeoutSeconds: 60, env: {} });
}

it('does not wait for ever for the end of a container', async () => {
  const destroyed = sandboxThat(() => new Promise(() => undefined)).destroy();
  const refused = expect(destroyed).rejects.toThrow('did not end in time');
  await vi.runAllTimersAsync();
  await refused;
});

it('leaves no timer behind a container that ended', async () => {
  await sandboxThat(async () => undefined).destroy();
  expect(vi.getTimerCount()).toBe(0);
});
