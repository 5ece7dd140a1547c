import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { empty, hangUp, json, problem, TestGateway } from '../testing/gateway.ts';

const key = { id: 'key_1', name: 'ci', scopes: ['sessions:read'], createdAt: '2026-11-22T20:34:00.000Z' };

describe('keys', () => {
  it('are made under one idempotency key, however often that is tried', async () => {
    const gateway = await TestGateway.start(hangUp, json({ ...key, key: 'sg_live_x' }, 201));
    const made = await gateway.client().keys.create({ name: 'ci', scopes: ['sessions:read'] });
    expect(made.key).toBe('sg_live_x');
    const keys = gateway.seen.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('are listed, rotated and revoked', async () => {
    const page = { data: [key], hasMore: false, nextCursor: null };
    const gateway = await TestGateway.start(json(page), json({ ...key, key: 'sg_live_y' }, 201), empty(204));
    const { keys } = gateway.client();
    for await (const { id } of keys.list()) {
      await keys.rotate(id, { overlapSeconds: 0 });
      await keys.revoke(id);
    }
    expect(gateway.requests).toEqual(['GET /v1/keys', 'POST /v1/keys/key_1/rotate', 'DELETE /v1/keys/key_1']);
    expect(JSON.parse(gateway.seen[1]?.body ?? '')).toEqual({ overlapSeconds: 0 });
  });
});

it('tokens are made for a session, and revoked', async () => {
  const gateway = await TestGateway.start(json({ token: 'sg_token_x' }, 201), empty(204));
  const { tokens } = gateway.client().sessions.handle('s');
  expect((await tokens.create({ scopes: ['sessions:read'] })).token).toBe('sg_token_x');
  await tokens.revoke();
  expect(gateway.requests).toEqual(['POST /v1/sessions/s/tokens', 'DELETE /v1/sessions/s/tokens']);
});

it('a refused key says why', async () => {
  const gateway = await TestGateway.start(problem(401, 'unauthorized', { reason: 'expired' }));
  const error = await gateway
    .client()
    .account()
    .catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error.reason).toBe('expired');
});
