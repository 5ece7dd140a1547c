import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { type Issuer, startIssuer } from '../public-door/issuer.ts';
import { testEngine } from '../public-door/test-engine.ts';
import { type Answer, type Credential, makeCredentials } from './credentials.ts';
import { type Operation, operations } from './operation.ts';
import { tally } from './tally.ts';
import { openVictim, type Victim } from './victim.ts';

/** Every operation of the contract, by everybody who may not: each is refused as it should be, and nothing has happened. */
const folder = mkdtempSync(join(tmpdir(), 'sandgate-attack-'));
let issuer: Issuer;
let stack: Stack;
let victim: Victim;
let credentials: Credential[];

beforeAll(async () => {
  issuer = await startIssuer();
  stack = await startStack({ folder, engine: testEngine, vars: { ...issuer.vars, REQUEST_LIMIT: '1000000' } });
  victim = await openVictim({ url: stack.url, apiKey: stack.apiKey });
  credentials = await makeCredentials(victim, issuer);
});

afterAll(async () => {
  await stack?.close();
  await issuer?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function answerTo(operation: Operation, headers: Record<string, string>, query = ''): Promise<Answer> {
  const response = await fetch(`${stack.url}${operation.path(victim.params)}${query && `?${query}`}`, {
    method: operation.method,
    headers: { ...operation.headers, ...headers },
    ...(operation.body !== undefined && { body: operation.body }),
  });
  if (response.ok) {
    await response.body?.cancel();
    return 'done';
  }
  const { code, reason } = Problem.parse(await response.json());
  return reason ? `${code}:${reason}` : code;
}

describe('refused, and without effect:', () => {
  it.each(operations)('$id', async (operation) => {
    const before = await victim.state();
    const answers: Record<string, Answer> = {};
    for (const { name, headers, query } of credentials)
      answers[name] = await answerTo(operation, headers(operation), query);
    expect(answers).toEqual(Object.fromEntries(credentials.map(({ name, expected }) => [name, expected(operation)])));
    expect(await victim.state()).toEqual(before);
    tally('operations of the contract that need a credential', 1);
    tally('requests with a credential that must not do', credentials.length);
  });

  it.each(operations.filter(({ method }) => method === 'GET'))('HEAD of $id', async (operation) => {
    const response = await fetch(`${stack.url}${operation.path(victim.params)}`, { method: 'HEAD' });
    expect(response.status).toBe(401);
  });
});

const rank = ({ id, method }: Operation) => (id === 'deleteSession' ? 2 : Number(method === 'DELETE'));
/** What ends something comes at the end, the session last of all. */
const inOrder = operations.toSorted((a, b) => rank(a) - rank(b));

describe('done for whoever may, so that a refusal means something:', () => {
  it.each(inOrder)('$id', async (operation) => {
    const answer = await answerTo(operation, { authorization: `Bearer ${stack.apiKey}` });
    expect(answer).not.toMatch(
      /^(unauthorized|insufficient_scope|session_not_found|key_not_found|webhook_not_found|webhook_delivery_not_found|internal_error|rate_limited)/,
    );
  });
});
