import { contractApp } from '@sandgate/api-spec';
import { expect, it, vi } from 'vitest';
import type { Env } from '../env.ts';
import type { GatewayEnv } from '../gateway-env.ts';
import { turnRoutes } from './turns.ts';

it('an interrupt that is made again, as its object was reset, stops no other turn', async () => {
  const open = ['turn_1', 'turn_2'];
  const stopped: string[] = [];
  const calls = {
    currentTurn: async () => ({ value: open[0] }),
    interrupt: async (turnId: string) => {
      const interrupted = open.includes(turnId);
      if (!interrupted) return { value: { interrupted, turnId } };
      stopped.push(...open.splice(open.indexOf(turnId), 1));
      throw Object.assign(new Error('reset'), { retryable: true }); // Its answer is lost with the object.
    },
  };
  vi.stubGlobal('scheduler', { wait: async () => undefined });
  const app = contractApp<GatewayEnv>(() => undefined);
  app.use(async (c, next) => {
    c.set('caller', { accountId: 'a', credentialId: 'k', scopes: [] });
    await next();
  });
  turnRoutes(app);
  const env = { ORCHESTRATOR: { getByName: () => calls } } as unknown as Env;
  const response = await app.request('/v1/sessions/s/interrupt', { method: 'POST' }, env);
  expect(await response.json()).toMatchObject({ turnId: 'turn_1' });
  expect(stopped).toEqual(['turn_1']);
});
