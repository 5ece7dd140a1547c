import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import type { OrchestratorCalls } from '../orchestrator/orchestrator-calls.ts';
import { settled } from '../orchestrator/settled.ts';

/** What is said of a caller by those in between; what a sandbox says there is nobody's word. */
const betweenHeaders = /^(cf-.*|forwarded|x-forwarded-.*|x-real-ip|true-client-ip|proxy-.*|upgrade)$/;

/**
 * Sends a request of a sandbox to where its session allows: by HTTPS, with the headers that the session adds, and back
 * as it comes. A redirect is the sandbox's to follow, with another request.
 */
export async function reach(
  request: Request,
  { env, orchestrator }: { env: Env; orchestrator: OrchestratorCalls },
): Promise<Response> {
  try {
    const { url, method } = request;
    const leave = await settled(orchestrator.askEgress({ url, method }));
    if ('refusal' in leave) return denial(leave.refusal);
    return await (env.OUTBOUND ?? globalThis).fetch(outgoingOf(request, leave.headers));
  } catch (error) {
    // A name that does not resolve and one of a private address look the same from here.
    log('error', 'egress failed', { error });
    return new Response('Sandgate: the host could not be reached: nothing public answers to its name.\n', {
      status: 502,
    });
  }
}

function outgoingOf(request: Request, added: Record<string, string>): Request {
  const url = new URL(request.url);
  url.protocol = 'https:';
  url.port = '';
  const headers = new Headers(request.headers);
  for (const name of [...headers.keys()]) if (betweenHeaders.test(name)) headers.delete(name);
  headers.delete('host');
  for (const [name, value] of Object.entries(added)) headers.set(name, value);
  return new Request(new Request(url, request), { headers, redirect: 'manual' });
}

function denial(reason: string): Response {
  return new Response(`Sandgate: egress is denied. ${reason}\n`, { status: 403 });
}
