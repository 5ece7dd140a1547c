import {
  type AccessScope,
  accessScopes,
  gatewayRoutes,
  type NewKey,
  type SessionToken,
  scopeOf,
  sessionScopes,
} from '@sandgate/api-spec';
import { createSession, type Door, eventually, expectCall } from '../public-door/door.ts';
import type { Issuer } from '../public-door/issuer.ts';
import type { Operation } from './operation.ts';
import type { Victim } from './victim.ts';

/** A code, with a reason behind a colon where there is one. */
export type Answer = string;

/** What somebody comes with who may not do what he asks for. */
export interface Credential {
  name: string;
  /** Beside those of the operation. */
  headers(operation: Operation): Record<string, string>;
  query?: string;
  /** The right answer; `done` where he may do it, to himself. */
  expected(operation: Operation): Answer;
}

const { createKey, revokeKey, createSessionToken, revokeSessionTokens, getSession } = gatewayRoutes;
const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

/** Each of them stands for all that are like it. */
export async function makeCredentials(victim: Victim, issuer: Issuer): Promise<Credential[]> {
  const { door } = victim;
  const { sessionId = '' } = victim.params;
  const keyOf = async (as: Door, scopes: readonly AccessScope[], more: object = {}) =>
    expectCall<NewKey>(as, 201, createKey, { body: { name: 'attack', scopes, ...more } });
  const tokenOf = async (id: string, scopes: readonly AccessScope[], more: object = {}) =>
    (
      await expectCall<SessionToken>(door, 201, createSessionToken, {
        params: { sessionId: id },
        body: { scopes, ...more },
      })
    ).token;

  const revoked = await keyOf(door, accessScopes);
  await expectCall(door, 204, revokeKey, { params: { keyId: revoked.id } });
  const expired = await keyOf(door, accessScopes, { expiresAt: new Date(Date.now() + 5000).toISOString() });
  const lacking = new Map<AccessScope, string>();
  for (const scope of accessScopes)
    lacking.set(
      scope,
      (
        await keyOf(
          door,
          accessScopes.filter((other) => other !== scope),
        )
      ).key,
    );

  const scope = accessScopes.join(' ');
  const stranger = { ...door, apiKey: await issuer.token({ sub: 'stranger', scope }) };
  const strangersKey = await keyOf(stranger, accessScopes);

  const { id: otherSession } = await createSession(door);
  const othersToken = await tokenOf(otherSession, sessionScopes);
  const { id: revokedSession } = await createSession(door);
  const revokedToken = await tokenOf(revokedSession, sessionScopes);
  await expectCall(door, 204, revokeSessionTokens, { params: { sessionId: revokedSession } });
  const expiredToken = await tokenOf(sessionId, sessionScopes, { expiresInSeconds: 1 });
  const ownToken = await tokenOf(sessionId, sessionScopes);
  const lackingTokens = new Map<AccessScope, string>();
  for (const left of sessionScopes)
    lackingTokens.set(
      left,
      await tokenOf(
        sessionId,
        sessionScopes.filter((other) => other !== left),
      ),
    );
  for (const text of [expired.key, expiredToken])
    await eventually(async () => {
      const response = await fetch(`${door.url}/v1/sessions/${sessionId}`, { headers: bearer(text) });
      return response.status === 401;
    });
  await expectCall({ ...door, apiKey: ownToken }, 200, getSession, { params: { sessionId } });

  const unsigned = [
    { alg: 'none', kid: 'first' },
    { iss: 'https://issuer.example', aud: 'sandgate', sub: 'root', scope, exp: 4e9 },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const long = Math.floor(Date.now() / 1000) - 3600;
  const expiredJwt = await issuer.token({ scope, exp: long });

  const always = (name: string, headers: Record<string, string>, answer: Answer, query?: string): Credential => ({
    name,
    headers: () => headers,
    expected: () => answer,
    ...(query !== undefined && { query }),
  });
  return [
    always('no key', {}, 'unauthorized:missing'),
    always('the key in the URL', {}, 'unauthorized:missing', `access_token=${door.apiKey}&key=${door.apiKey}`),
    always('the key in a cookie', { cookie: `authorization=${door.apiKey}` }, 'unauthorized:missing'),
    always('the key as Basic', { authorization: `Basic ${btoa(`${door.apiKey}:`)}` }, 'unauthorized:missing'),
    always('garbage', bearer('what-is-this-then-0123456789'), 'unauthorized:unknown'),
    always('a key with a wrong checksum', bearer(mistyped(strangersKey.key)), 'unauthorized:malformed'),
    always('a revoked key', bearer(revoked.key), 'unauthorized:revoked'),
    always('an expired key', bearer(expired.key), 'unauthorized:expired'),
    always('an unsigned JWT', bearer(`${unsigned}.`), 'unauthorized:wrong_algorithm'),
    always('an expired JWT', bearer(expiredJwt), 'unauthorized:expired'),
    always('a revoked session token', bearer(revokedToken), 'unauthorized:revoked'),
    always('an expired session token', bearer(expiredToken), 'unauthorized:expired'),
    {
      name: 'a key without the scope',
      headers: ({ route }) => bearer(lacking.get(scopeOf(route) as AccessScope) ?? ''),
      expected: () => 'insufficient_scope',
    },
    { name: 'the key of another account', headers: () => bearer(strangersKey.key), expected: toStranger },
    {
      name: 'a token of another session',
      headers: () => bearer(othersToken),
      expected: (operation) => (operation.takesSessionToken ? 'session_not_found' : 'insufficient_scope'),
    },
    {
      name: 'a token of the session without the scope',
      headers: ({ route }) => bearer(lackingTokens.get(scopeOf(route) as AccessScope) ?? ownToken),
      expected: () => 'insufficient_scope',
    },
    {
      name: 'a token of the session on a page that it is not for',
      headers: () => ({ ...bearer(ownToken), origin: 'https://evil.example' }),
      expected: (operation) => (operation.takesSessionToken ? 'origin_not_allowed' : 'insufficient_scope'),
    },
  ];
}

/** Whoever has an account of his own does there what he likes, and finds nothing of anybody else. */
function toStranger({ route, isOfSession }: Operation): Answer {
  if (isOfSession) return 'session_not_found';
  if (route.path.includes('{webhookId}')) return 'webhook_not_found';
  return route.path.includes('{keyId}') ? 'key_not_found' : 'done';
}

function mistyped(key: string): string {
  return key.slice(0, -1) + (key.endsWith('0') ? '1' : '0');
}
