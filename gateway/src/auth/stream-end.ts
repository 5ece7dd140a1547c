import { type ProblemCode, ProblemError } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { bearerOf, callerOf } from './authenticate.ts';

/** How often it is asked whether a credential is still valid, in milliseconds. */
const checkMs = 5000;

/** How often in a row the question may fail until the stream ends, too: for a minute it is not known whose it is. */
const failureLimit = 12;

/** What says that it is over. Where the question itself fails, it is asked again. */
const over: ReadonlySet<ProblemCode> = new Set(['unauthorized', 'session_not_found']);

/** A stream ends with the credential that opened it, be it expired or revoked: the reader comes back, and is told why. */
export const endStreamWithCredential: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  await next();
  const { body } = c.res;
  const credential = bearerOf(c.req.header('authorization'));
  if (!credential || !body || !c.res.headers.get('content-type')?.startsWith('text/event-stream')) return;
  const endsAt = c.get('identity')?.session?.expiresAt ?? Number.POSITIVE_INFINITY;
  const later = (work: Promise<unknown>) => c.executionCtx.waitUntil(work);
  let failures = 0;
  const isOver = async () => {
    await scheduler.wait(Math.max(0, Math.min(checkMs, endsAt - Date.now())));
    try {
      await callerOf(credential, c.env, later);
      failures = 0;
      return false;
    } catch (error) {
      failures += 1;
      return failures === failureLimit || (error instanceof ProblemError && over.has(error.code));
    }
  };
  const { readable, writable } = new IdentityTransformStream();
  c.executionCtx.waitUntil(pipeUntil(body, writable, isOver));
  const shown = new Response(readable, c.res);
  c.res = undefined; // Else Hono copies the headers of the one into yet another.
  c.res = shown;
};

/** Passes on until there is no more, the reader is gone, or it is over: then the stream just ends. */
async function pipeUntil(
  source: ReadableStream<Uint8Array>,
  target: WritableStream<Uint8Array>,
  isOver: () => Promise<boolean>,
): Promise<void> {
  const stop = new AbortController();
  const piped = source.pipeTo(target, { signal: stop.signal, preventAbort: true }).catch(() => undefined);
  const watch = async () => {
    while (!stop.signal.aborted) if (await isOver()) stop.abort();
  };
  await Promise.race([piped, watch()]);
  stop.abort();
  await piped;
  await target.close().catch(() => undefined); // Where the reader is gone.
}
