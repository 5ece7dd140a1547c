import { z } from '@hono/zod-openapi';
import type { OrchestratorCalls } from '../orchestrator/orchestrator-calls.ts';
import { settled } from '../orchestrator/settled.ts';

/**
 * Where a container engine tells what it refused by itself, by the way that the sandbox's own requests take. A sandbox
 * can do so too: all that it brings about is a line about itself in its own log.
 */
export const engineHost = 'engine.sandgate.internal';

const reasons = {
  address: 'Only public hosts are reached, and by their names.',
  port: 'Only HTTP to port 80 and HTTPS to port 443 are let out.',
  tls: 'HTTPS is let out for programs that trust the certificate authority of their sandbox, under the name that they connect to.',
} as const;

const EngineRefusal = z.object({
  host: z.string().min(1).max(253),
  reason: z.enum(['address', 'port', 'tls']),
});

/** Takes what an engine refused into the session's log. */
export async function noteRefusal(request: Request, orchestrator: OrchestratorCalls): Promise<Response> {
  const told = EngineRefusal.safeParse(await request.json().catch(() => undefined));
  if (request.method !== 'POST' || !told.success) return new Response(null, { status: 400 });
  await settled(orchestrator.denyEgress(told.data.host, reasons[told.data.reason]));
  return new Response(null, { status: 204 });
}
