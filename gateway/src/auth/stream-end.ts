import type { MiddlewareHandler } from 'hono';
import type { GatewayEnv } from '../gateway-env.ts';
import { tokenCaller } from './session-token.ts';

/** How often it is asked whether a token is still valid, in milliseconds. */
const checkMs = 5000;

/** A stream to a session token ends with the token, be it expired or revoked: the reader comes back, and is told why. */
export const endStreamWithToken: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  await next();
  const session = c.get('identity')?.session;
  const { body } = c.res;
  if (!session || !body || !c.res.headers.get('content-type')?.startsWith('text/event-stream')) return;
  const token = c.req.header('authorization')?.split(/ +/)[1] ?? '';
  const isOver = async () => {
    await scheduler.wait(Math.max(0, Math.min(checkMs, session.expiresAt - Date.now())));
    return tokenCaller(token, c.env).then(
      () => false,
      () => true,
    );
  };
  const { readable, writable } = new IdentityTransformStream();
  c.executionCtx.waitUntil(pipeUntil(body, writable, isOver));
  c.res = new Response(readable, c.res);
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
