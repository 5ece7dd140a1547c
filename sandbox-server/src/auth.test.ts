import { contractApp, Problem } from '@sandgate/api-spec';
import { describe, expect, test } from 'vitest';
import { bearerAuth } from './auth.ts';

const secret = 'f3a1-secret';
const app = contractApp(() => {});
app.use(bearerAuth(secret));
app.get('/', (context) => context.text('in'));

const ask = (authorization?: string) =>
  app.request('/', authorization === undefined ? {} : { headers: { authorization } });

describe('bearer auth', () => {
  test.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['the scheme alone', 'Bearer'],
    ['an empty token', 'Bearer '],
    ['only blanks', 'Bearer    '],
    ['another scheme', `Basic ${secret}`],
    ['no scheme', secret],
    ['a scheme that only begins alike', `Bearerer ${secret}`],
    ['no blank between', `Bearer${secret}`],
  ])('%s is unauthorized', async (_, header) => {
    const response = await ask(header);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(Problem.parse(await response.json()).code).toBe('unauthorized');
  });

  test.each([
    ['another token', 'Bearer other'],
    ['a token of the same length', `Bearer ${'x'.repeat(secret.length)}`],
    ['a prefix', `Bearer ${secret.slice(0, -1)}`],
    ['a longer one', `Bearer ${secret}x`],
    ['another case', `Bearer ${secret.toUpperCase()}`],
    ['two tokens', `Bearer ${secret} ${secret}`],
    ['a very long one', `Bearer ${'x'.repeat(100_000)}`],
    ['text beyond ASCII', 'Bearer gehe\u00efm'],
  ])('%s is forbidden', async (_, header) => {
    const response = await ask(header);
    expect(response.status).toBe(403);
    expect(Problem.parse(await response.json()).code).toBe('forbidden');
  });

  test.each([`Bearer ${secret}`, `bearer ${secret}`, `BEARER   ${secret}`])('%s is let in', async (header) => {
    expect(await (await ask(header)).text()).toBe('in');
  });

  test('guards what is not there, too', async () => {
    expect((await app.request('/nothing')).status).toBe(401);
  });
});
