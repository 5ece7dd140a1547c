import { createRoute, z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { contractApp, onlyJson } from './contract-app.ts';
import { Problem, ProblemError } from './problem.ts';

const unexpected: { error: unknown; requestId: string }[] = [];

const app = contractApp((error, requestId) => unexpected.push({ error, requestId }));
app.use(onlyJson);
app.openapi(
  createRoute({
    method: 'post',
    path: '/things',
    request: {
      body: { required: true, content: { 'application/json': { schema: z.strictObject({ size: z.int() }) } } },
    },
    responses: { 204: { description: 'Made.' } },
  }),
  (c) => c.body(null, 204),
);
app.get('/refused', () => {
  throw new ProblemError('sandbox_unavailable', 'Not yet.', { retryAfterSeconds: 7 });
});
app.get('/broken', () => {
  throw new Error('a secret: hunter2');
});

async function problemOf(path: string, init?: RequestInit) {
  const response = await app.request(path, init);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  return { problem, response };
}

const post = (body: string | Uint8Array<ArrayBuffer>, type?: string) =>
  problemOf('/things', { method: 'POST', body, ...(type && { headers: { 'content-type': type } }) });

describe('contractApp', () => {
  it('names each field of a bad body', async () => {
    const { problem } = await post('{"size":"large","colour":1}', 'application/json');
    expect(problem).toMatchObject({ code: 'invalid_request', detail: expect.stringContaining('size: ') });
    expect(problem.errors).toMatchObject([{ path: 'size' }, { path: '' }]);
  });

  it('tells JSON that is none from a body that is none', async () => {
    expect((await post('{', 'application/json')).problem.code).toBe('malformed_json');
    expect((await post('{}', 'text/plain')).problem.code).toBe('unsupported_media_type');
    expect((await post(new Uint8Array([123, 125]))).problem.code).toBe('unsupported_media_type');
    for (const type of ['application/json, text/plain', 'application/json-patch', 'application/json;'])
      expect((await post('{}', type)).problem.code).toBe('unsupported_media_type');
    expect((await problemOf('/things', { method: 'POST' })).problem.status).toBe(400);
  });

  it('says what is not there, and what a path takes', async () => {
    expect((await problemOf('/nowhere')).problem.code).toBe('not_found');
    const { problem, response } = await problemOf('/things');
    expect([problem.code, response.headers.get('allow')]).toEqual(['method_not_allowed', 'POST']);
  });

  it('says when to come back', async () => {
    const { problem, response } = await problemOf('/refused');
    expect([problem.retryable, response.headers.get('retry-after')]).toEqual([true, '7']);
  });

  it('tells a caller nothing of an error of ours, and us all', async () => {
    const { problem } = await problemOf('/broken');
    expect(JSON.stringify(problem)).not.toContain('hunter2');
    expect(unexpected).toEqual([
      { error: expect.objectContaining({ message: 'a secret: hunter2' }), requestId: problem.requestId },
    ]);
  });

  it('gives every answer an id of ours, whatever the caller sends', async () => {
    const response = await app.request('/refused', { headers: { 'x-request-id': 'theirs' } });
    expect(response.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
  });
});
