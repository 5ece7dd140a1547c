import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { GatewayEnv } from '../../gateway-env.ts';
import { answerKeyLink } from './key-link.ts';

const app = new Hono<GatewayEnv>().all('/docs/key', answerKeyLink);
const page = { method: 'POST', headers: { 'sec-fetch-site': 'same-origin', authorization: 'Bearer code' } };

it('is nothing at all where no local stack stands behind it', async () => {
  const answer = await app.request('/docs/key', page, {});
  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe(await (await app.request('/docs/other', page, {})).text());
});

it('passes on the code, and keeps the key out of every cache', async () => {
  const stack = {
    fetch: async (_: string, init: RequestInit) => new Response(new Headers(init.headers).get('authorization')),
  };
  const answer = await app.request('/docs/key', page, { DOCS_KEY: stack });
  expect(await answer.json()).toEqual({ key: 'Bearer code' });
  expect(answer.headers.get('cache-control')).toBe('no-store');
});
