import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../dev/stack.ts';
import { testEngine } from '../public-door/test-engine.ts';
import { exchange } from './fuzz/exchange.ts';
import { type FuzzedRequest, requestsFor } from './fuzz/requests.ts';
import { type DescribedOperation, describedOperations } from './fuzz/schema.ts';
import { broken } from './fuzz/verdict.ts';
import { operations } from './operation.ts';
import { tally } from './tally.ts';
import { openVictim, type Victim } from './victim.ts';

/**
 * Every operation of the document with requests that are right, that have one thing wrong, and that are garbage: each
 * answer is one of the contract, none a failure of ours, and every refusal a problem. `SANDGATE_FUZZ_SEED` and
 * `SANDGATE_FUZZ_RUNS` choose the requests and how many there are of each operation; a failure tells its seed. Always the
 * same few in `npm test`, and others each time, many more, in `npm run attack:gateway`.
 */
const seed = Number(process.env.SANDGATE_FUZZ_SEED ?? 1);
const numRuns = Number(process.env.SANDGATE_FUZZ_RUNS ?? 12);

/** A refusal before anybody asked what the request is about. */
const notUnderstood = [400, 413, 415, 431];

const folder = mkdtempSync(join(tmpdir(), 'sandgate-fuzz-'));
let stack: Stack;
let readOnly: Promise<Victim>;

beforeAll(async () => {
  const most = '1000000';
  const unlimited = {
    ...{ REQUEST_LIMIT: most, ACCOUNT_SESSION_LIMIT: most },
    ...{ ACCOUNT_TURN_LIMIT: most, ACCOUNT_WEBHOOK_LIMIT: most },
  };
  stack = await startStack({ folder, engine: testEngine, vars: unlimited });
  readOnly = openVictim(stack);
  await readOnly;
}, 120_000);

afterAll(async () => {
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The request of the contract's own examples comes first: so that what is behind the checks is met, whatever the seed. */
function plainRequests({ id, path }: DescribedOperation): [FuzzedRequest][] {
  const plain = operations.find((operation) => operation.id === id);
  if (!plain) return [];
  const { method, headers, body } = plain;
  return [[{ method, target: path.replaceAll(/{(\w+)}/g, '{{$1}}'), headers, ...(body !== undefined && { body }) }]];
}

describe.concurrent('answers as the contract says:', { timeout: 120_000 + numRuns * 5000 }, () => {
  it.each(describedOperations)('$id', async (operation) => {
    // What only reads finds the same each time; what changes something has it for itself.
    let victim = operation.method === 'GET' ? await readOnly : undefined;
    let count = 0;
    let met = 0;
    let victims = 0;

    async function keeps(given: FuzzedRequest): Promise<void> {
      if (!victim) {
        victim = await openVictim(stack);
        victims += 1;
      }
      const { params } = victim;
      const target = given.target.replaceAll(/{{(\w+)}}/g, (_, name) => encodeURIComponent(params[name] ?? name));
      const headers = { ...given.headers, authorization: `Bearer ${stack.apiKey}` };
      const answer = await exchange(stack.url, { ...given, target, headers });
      count += 1;
      if (!notUnderstood.includes(answer.status)) met += 1;
      const reason = broken(given.method, target, answer);
      // What was deleted is there once more; behind that, a deletion meets what is gone.
      if (given.method === 'DELETE' && answer.status === 204 && victims < 2) victim = undefined;
      if (reason) throw new Error(`${reason}\n${answer.body.toString().slice(0, 1000)}`);
    }

    try {
      await fc.assert(fc.asyncProperty(requestsFor(operation), keeps), {
        seed,
        numRuns,
        examples: plainRequests(operation),
        endOnFailure: !process.env.SANDGATE_FUZZ_RUNS,
      });
    } finally {
      tally('operations that were fuzzed', 1);
      tally('requests that were fuzzed', count);
    }
    expect(met, 'nothing but the checks of the request was met').toBeGreaterThan(0);
  });
});
