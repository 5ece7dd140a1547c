import type { Context } from 'hono';
import type { GatewayEnv } from '../../gateway-env.ts';

/**
 * Answers the page its key for the code in the link that `npm start` prints. Whether the code is the right one, and is
 * used for the first time, knows the local stack, which binds `DOCS_KEY`: without it there is nothing here. A page of
 * another origin is refused by what its browser says of it, and cannot send this header without asking first.
 */
export async function answerKeyLink(c: Context<GatewayEnv>): Promise<Response> {
  const authorization = c.req.header('authorization');
  const isPage = c.req.method === 'POST' && c.req.header('sec-fetch-site') === 'same-origin';
  if (!c.env.DOCS_KEY || !isPage || !authorization) return c.notFound();
  const answer = await c.env.DOCS_KEY.fetch('http://stack.internal/', { headers: { authorization } });
  return answer.ok ? c.json({ key: await answer.text() }, 200, { 'cache-control': 'no-store' }) : c.notFound();
}
