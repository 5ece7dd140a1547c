import { ProblemError } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';
import { log } from '../observe/log.ts';
import type { Admission } from '../orchestrator/admission.ts';
import type { OrchestratorCalls } from '../orchestrator/orchestrator-calls.ts';

export interface StreamQuery {
  /** The number of the last event that the reader has; all that is kept where there is none. */
  after?: string | undefined;
  turn?: string;
  /** With commas between. */
  types?: string;
}

/**
 * The stream of a session or a turn, or the Orchestrator's refusal. Where the Orchestrator is being restarted, an empty
 * stream that sends the reader back soon: an EventSource gives up on any status but 200.
 */
export async function eventStream(
  orchestrator: OrchestratorCalls,
  query: StreamQuery,
  requestId: string,
): Promise<Response> {
  try {
    return await streamOf(orchestrator, query, { headers: { 'x-request-id': requestId } });
  } catch (error) {
    if (!(error instanceof ProblemError)) log('error', 'stream not opened', { requestId, error });
    return comeBackSoon();
  }
}

/**
 * Has a turn admitted and answers its stream, or the Orchestrator's refusal: one call, and so one way to wherever that is.
 *
 * @throws ProblemError `restarting` where nobody knows whether it was admitted.
 */
export function chatStream(
  orchestrator: OrchestratorCalls,
  turnId: string,
  admission: Admission,
  requestId: string,
): Promise<Response> {
  const headers = { 'x-request-id': requestId };
  return streamOf(orchestrator, { turn: turnId }, { method: 'POST', headers, body: JSON.stringify(admission) });
}

async function streamOf(orchestrator: OrchestratorCalls, query: StreamQuery, init: RequestInit): Promise<Response> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const response = await orchestrator.fetch(`http://orchestrator/events?${new URLSearchParams(given)}`, init);
  return new Response(response.body, response);
}

/** Whatever fails on our side before a stream begins is answered with an empty one. */
export const neverEndEventSources: MiddlewareHandler = async (c, next) => {
  await next();
  const { method, path } = c.req;
  const isStream =
    method === 'GET' && path.endsWith('/events') && c.req.header('accept')?.includes('text/event-stream');
  if (isStream && c.res.status >= 500) c.res = comeBackSoon();
};

function comeBackSoon(): Response {
  return new Response('retry: 1000\n\n', { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
}
