import { ProblemError, type sandboxRoutes } from '@sandgate/api-spec';
import { expect } from 'vitest';
import type { ZodType } from 'zod';

type Route = (typeof sandboxRoutes)[keyof typeof sandboxRoutes];
type Answers = Record<number, { content?: Record<string, { schema: ZodType }> }>;

/** Holds a JSON answer against the route's own schema for its status, and returns the body. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at any part of it
export async function answerOf(route: Route, response: Response): Promise<any> {
  const contentType = response.headers.get('content-type') ?? '';
  const body = await response.json();
  const answer = (route.responses as unknown as Answers)[response.status];
  expect(answer, `${route.operationId} must not answer ${response.status}: ${JSON.stringify(body)}`).toBeDefined();
  const schema = answer?.content?.[contentType]?.schema;
  expect(schema, `${route.operationId} must not answer ${response.status} as ${contentType}`).toBeDefined();
  expect(response.headers.get('x-request-id')).toMatch(/^req_/);
  return (schema as ZodType).parse(body);
}

/** The code of a problem that the route declares, and of its right status. */
export async function problemOf(route: Route, response: Response): Promise<string> {
  const problem = await answerOf(route, response);
  expect(response.status).toBe(problem.status);
  expect(problem.requestId).toBe(response.headers.get('x-request-id'));
  expect(response.status).toBe(new ProblemError(problem.code, '').status);
  return problem.code;
}
