import { z } from '@hono/zod-openapi';
import { eventStream } from './event-stream.ts';
import { count } from './page.ts';
import { Problem } from './problem.ts';
import { type ProblemCode, problemCodes } from './problem-codes.ts';

/** A JSON answer. */
export function json<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** A JSON body that must be there. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } };
}

export function stream<S extends z.ZodType>(schema: S, description: string) {
  return { description, content: eventStream(schema) };
}

const problemContent = { 'application/problem+json': { schema: Problem } };

type Refusals<C extends ProblemCode> = {
  [S in (typeof problemCodes)[C]['status']]: { description: string; content: typeof problemContent };
};

/** The refusals of a route by their codes, put together by status. Every route can also fail with a 500. */
export function refusals<const C extends ProblemCode>(...codes: C[]): Refusals<C | 'internal_error'> {
  const byStatus: Record<number, { description: string; content: typeof problemContent }> = {};
  for (const code of [...codes, 'internal_error'] as const) {
    const { status, title } = problemCodes[code];
    const line = `\`${code}\`: ${title}.`;
    const before = byStatus[status];
    byStatus[status] = { description: before ? `${before.description} ${line}` : line, content: problemContent };
  }
  return byStatus as Refusals<C | 'internal_error'>;
}

/** How far a stream was read: the header that a reconnecting EventSource sends wins over the parameter. */
export const afterQuery = z.object({
  after: count(0, Number.MAX_SAFE_INTEGER, {
    description: 'The number of the last event that you have.',
    example: 12,
  }),
});
export const lastEventIdHeader = z.object({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/, 'Not the id of an event')
    .optional()
    .openapi({ description: 'The `id` of the last event that you have; wins over `after`.', example: '12' }),
});
