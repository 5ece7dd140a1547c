import { ProblemError, type Request, type ResumeRequest } from '@sandgate/api-spec';
import type { RequestRecord } from './request-store.ts';

/** JSON text that does not depend on the order of keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Whether two answers to a request say the same. */
export function sameAnswer(a: ResumeRequest, b: ResumeRequest): boolean {
  return canonicalJson(normal(a)) === canonicalJson(normal(b));
}

function normal({ decision, scope = 'once', message, updatedInput, answers }: ResumeRequest) {
  return { decision, scope, message, updatedInput, answers };
}

/** Whether two answers reach equally far. */
export function sameScope(a: { scope?: ResumeRequest['scope'] }, b: { scope?: ResumeRequest['scope'] }): boolean {
  return (a.scope ?? 'once') === (b.scope ?? 'once');
}

/**
 * Whether a person has given this answer before.
 *
 * @throws ProblemError `request_already_resolved` where the request was resolved otherwise.
 */
export function isAnswered(
  request: Pick<RequestRecord, 'decision' | 'by' | 'resource'>,
  answer: ResumeRequest,
): boolean {
  if (request.by === undefined) return false;
  if (request.by === 'user' && request.decision && sameAnswer(request.decision, answer)) return true;
  const { decision, by } = request.resource;
  throw new ProblemError('request_already_resolved', `The request was resolved: ${decision}, by ${by}.`);
}

/** The answer to a request that nobody has answered in time. */
export function unanswered({ id }: Pick<RequestRecord, 'id'>): ResumeRequest {
  return { requestId: id, decision: 'deny', message: 'Nobody answered in time.' };
}

/** @throws ProblemError where the answer is none of the options: the agent would refuse it after it was stored. */
export function checkOffered({ options }: Request, answer: ResumeRequest): void {
  if (options.some(({ id, scope }) => id === answer.decision && sameScope({ scope }, answer))) return;
  const path = options.some(({ id }) => id === answer.decision) ? 'scope' : 'decision';
  const offered = options.map(({ id, scope }) => `${id} (${scope})`).join(', ');
  throw new ProblemError('invalid_request', `${path}: this request takes ${offered}`, {
    errors: [{ path, message: `Takes ${offered}.` }],
  });
}
