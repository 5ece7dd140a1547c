import { contractApp } from '@sandgate/api-spec';
import { expect, it, vi } from 'vitest';
import type { GatewayEnv } from '../gateway-env.ts';
import { limitRequests } from './requests.ts';

/** An app in which the counter says this. */
function appWith(limit: () => Promise<{ success: boolean }>) {
  const app = contractApp<GatewayEnv>(() => undefined);
  app.use(async (c, next) => {
    c.set('identity', { accountId: 'a', credentialId: 'key_1', scopes: [] });
    await next();
  });
  app.use(limitRequests);
  app.get('/', (c) => c.text('done'));
  return app.request('/', {}, { REQUESTS: { limit }, REQUEST_LIMIT: '1000' });
}

it('says the policy in each answer, and in a refusal how long to wait', async () => {
  const welcome = await appWith(async () => ({ success: true }));
  expect([welcome.status, welcome.headers.get('ratelimit-policy')]).toEqual([200, '"requests";q=1000;w=10']);
  expect(welcome.headers.get('ratelimit')).toBeNull();
  const refused = await appWith(async () => ({ success: false }));
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
  expect(refused.headers.get('ratelimit')).toBe('"requests";r=0;t=10');
  expect(await refused.json()).toMatchObject({ code: 'rate_limited', retryable: true });
});

it('keeps nobody out where it fails', async () => {
  vi.spyOn(console, 'error').mockReturnValueOnce();
  expect((await appWith(() => Promise.reject(new Error('no counter')))).status).toBe(200);
});
