import { createHash, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '@sandgate/api-spec';
import type { MiddlewareHandler } from 'hono';

/**
 * Lets through who bears the secret of this sandbox. Digests are compared, in constant time, so that neither the
 * content nor the length of the secret shows in how long an answer takes.
 *
 * @throws {ProblemError} `unauthorized` without a bearer token, `forbidden` with another one.
 */
export function bearerAuth(secret: string): MiddlewareHandler {
  const expected = digest(secret);
  return async (context, next) => {
    const token = /^Bearer +([^ ].*)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (token === undefined) throw new ProblemError('unauthorized', 'Send the secret as "Authorization: Bearer …".');
    if (!timingSafeEqual(digest(token), expected))
      throw new ProblemError('forbidden', 'This is not the secret of this sandbox.');
    await next();
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();
