import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, gatewayRoutes, type SessionSummary } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { createSession, expectCall, expectProblem } from './door.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { testEngine } from './test-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-identity-'));
let issuer: Issuer;
let stack: Stack;

beforeAll(async () => {
  issuer = await startIssuer();
  stack = await startStack({ folder, engine: testEngine, vars: issuer.vars });
});

afterAll(async () => {
  await stack?.close();
  await issuer?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const scope = 'sessions:read sessions:write account:read';
const as = async (claims: Record<string, unknown>) => ({
  url: stack.url,
  apiKey: await issuer.token({ scope, ...claims }),
});

describe('a token of the issuer', () => {
  it('opens an account of its own, with the scopes that it names', async () => {
    const alice = await as({});
    const { id: sessionId } = await createSession(alice);
    await expectCall(alice, 200, gatewayRoutes.getSession, { params: { sessionId } });
    await expectProblem(alice, 'insufficient_scope', gatewayRoutes.listFiles, { params: { sessionId } });

    const [bob, first] = [await as({ sub: 'bob' }), { url: stack.url, apiKey: stack.apiKey }];
    for (const door of [bob, first]) {
      await expectProblem(door, 'session_not_found', gatewayRoutes.getSession, { params: { sessionId } });
      const { data } = await expectCall<{ data: SessionSummary[] }>(door, 200, gatewayRoutes.listSessions);
      expect(data).toEqual([]);
    }
    const accounts = await Promise.all(
      [alice, bob, first].map((door) => expectCall<Account>(door, 200, gatewayRoutes.getAccount)),
    );
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(3);
  });

  it('is refused with a reason where it is not right', async () => {
    const long = Math.floor(Date.now() / 1000) - 60;
    const reasonOf = async (claims: Record<string, unknown>) =>
      (await expectProblem(await as(claims), 'unauthorized', gatewayRoutes.listSessions)).reason;
    expect(await reasonOf({ exp: long })).toBe('expired');
    expect(await reasonOf({ aud: 'another' })).toBe('wrong_audience');
    expect(await reasonOf({ iss: 'https://evil.example' })).toBe('wrong_issuer');
  });
});

it('an issuer whose keys cannot be had is a 503, and keys of ours go on', async () => {
  const gone = await startIssuer();
  await gone[Symbol.asyncDispose]();
  const lonely = mkdtempSync(join(tmpdir(), 'sandgate-identity-'));
  const other = await startStack({ folder: lonely, engine: testEngine, vars: gone.vars });
  try {
    const door = { url: other.url, apiKey: await gone.token({ scope }) };
    await expectProblem(door, 'identity_provider_unavailable', gatewayRoutes.listSessions);
    await expectCall({ ...door, apiKey: other.apiKey }, 200, gatewayRoutes.listSessions);
  } finally {
    await other.close();
    rmSync(lonely, { recursive: true, force: true });
  }
});
