import type { DeliveryAttempt } from '@sandgate/api-spec';
import type { Env } from '../env.ts';
import { log } from '../observe/log.ts';
import { isLoopback, refusalOf } from './destination.ts';
import { signedHeaders } from './signed-headers.ts';

/** How long an endpoint may take to answer, in milliseconds. */
const timeLimitMs = 10_000;

export interface Post {
  url: string;
  eventId: string;
  body: string;
  secrets: readonly string[];
}

/** Sends an event to an endpoint, once. Its answer is its status: what else it says is not read, and leads nowhere. */
export async function post({ url, eventId, body, secrets }: Post, env: Env): Promise<DeliveryAttempt> {
  const now = new Date();
  const at = now.toISOString();
  const refusal = refusalOf(url, env.WEBHOOK_LOOPBACK === '1');
  if (refusal) return { at, error: `${refusal}.` };
  // This machine is reached only where a local stack allows it; all else through what reaches public addresses alone.
  const network = isLoopback(new URL(url)) ? globalThis : (env.OUTBOUND ?? globalThis);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Sandgate-Webhooks',
    ...signedHeaders(eventId, body, secrets, now),
  };
  try {
    const signal = AbortSignal.timeout(timeLimitMs);
    const response = await network.fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel().catch(() => undefined); // It has answered, whatever becomes of the rest.
    return { at, statusCode: response.status };
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      return { at, error: `No answer within ${timeLimitMs / 1000} s.` };
    // A name that does not resolve and one of a private address look the same from here.
    log('warn', 'webhook not reached', { eventId, error });
    return { at, error: 'No connection: nothing public answers to the name, or not with a certificate that is valid.' };
  }
}
