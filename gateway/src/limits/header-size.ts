import { ProblemError } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';

/** The most that the header fields of a request may have, names and values, in bytes (they are Latin-1). */
const limitBytes = 32 * 1024;

/** Refuses headers that are too large, before anything reads them. */
export const limitHeaders: MiddlewareHandler = async (c, next) => {
  let size = 0;
  for (const [name, value] of c.req.raw.headers) size += name.length + value.length;
  if (size > limitBytes)
    throw new ProblemError('headers_too_large', `The header fields of a request have ${limitBytes} bytes at most.`);
  await next();
};
