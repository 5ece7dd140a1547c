import type { OrchestratorCalls } from '../orchestrator/orchestrator.ts';

export interface StreamQuery {
  /** The number of the last event that the reader has. */
  after: string;
  turn?: string;
  /** With commas between. */
  types?: string;
}

/** The stream of a session or a turn, or the Orchestrator's refusal. */
export async function eventStream(
  orchestrator: OrchestratorCalls,
  query: StreamQuery,
  requestId: string,
): Promise<Response> {
  const url = `http://orchestrator/events?${new URLSearchParams({ ...query })}`;
  const response = await orchestrator.fetch(new Request(url, { headers: { 'x-request-id': requestId } }));
  return new Response(response.body, response);
}
