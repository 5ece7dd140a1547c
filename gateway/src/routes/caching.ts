import type { MiddlewareHandler } from 'hono';

/**
 * No answer about an account is kept on its way, nor by a browser, which without a word keeps a file that it reads for a
 * tenth of its age (RFC 9111, sections 4.2.2 and 5.2.2.5).
 */
export const keepNothing: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
};
