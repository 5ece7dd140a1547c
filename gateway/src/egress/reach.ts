import type { Env } from '../env.ts';
import type { OrchestratorCalls } from '../orchestrator/orchestrator.ts';

export async function reach(_request: Request, _: { env: Env; orchestrator: OrchestratorCalls }): Promise<Response> {
  return new Response('Sandgate: egress is denied.\n', { status: 403 });
}
