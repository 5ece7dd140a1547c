import { z } from '@hono/zod-openapi';
import type { AccessScope } from './access-scope.ts';
import { type ProblemCode, problemCodes } from './problem-codes.ts';
import { UnauthorizedReason } from './unauthorized-reason.ts';

export const FieldError = z
  .object({
    path: z.string().openapi({ description: 'Where in the request, as a dotted path.', example: 'messages.0.content' }),
    message: z.string().openapi({ description: 'What is wrong there.', example: 'Required' }),
  })
  .openapi('FieldError', {
    description: 'One thing wrong with a request.',
    example: { path: 'messages', message: 'Required' },
  });

/** Problem details of RFC 9457, with our extension members. */
export const Problem = z
  .object({
    type: z.string().openapi({
      description: 'A URI reference to what there is to know of the kind of problem.',
      example: '/problems#session_not_found',
    }),
    title: z.string().openapi({ description: 'The kind of problem in words.', example: 'There is no such session' }),
    status: z.int().openapi({ description: 'The HTTP status of this answer.', example: 404 }),
    detail: z.string().openapi({
      description: 'What happened this time, and what to do about it.',
      example: 'No session "build-42" belongs to this key.',
    }),
    code: z.string().openapi({ description: 'The stable code to program against.', example: 'session_not_found' }),
    requestId: z.string().openapi({ description: 'The same as `X-Request-Id`.', example: 'req_8f14e45fceea167a' }),
    retryable: z
      .boolean()
      .openapi({ description: 'Whether the same request may be sent again unchanged.', example: false }),
    errors: z
      .array(FieldError)
      .optional()
      .openapi({ description: 'Each thing wrong with the request.', example: [{ path: 'agent', message: 'Invalid' }] }),
    reason: UnauthorizedReason.optional(),
    link: z.string().optional().openapi({
      description:
        'Where to look next: for `cursor_expired` the session, whose `firstSeq` says where its log begins; for `key_shown_already` the key, for `webhook_secret_shown_already` the webhook.',
      example: '/v1/sessions/build-42',
    }),
  })
  .openapi('Problem', { description: 'Problem details (RFC 9457).' });
export type Problem = z.infer<typeof Problem>;

/** A refusal with a stable code. Thrown anywhere, answered as problem details by the app of `contract-app.ts`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly errors: Problem['errors'];
  /** For `Retry-After`, in seconds (RFC 9110, section 10.2.3). */
  readonly retryAfterSeconds: number | undefined;
  readonly link: string | undefined;
  readonly reason: UnauthorizedReason | undefined;
  /** The scope that was lacking. */
  readonly scope: AccessScope | undefined;
  /** For `Content-Range`: how much there is (RFC 9110, section 14.4). */
  readonly contentRange: string | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    more: {
      errors?: Problem['errors'];
      retryAfterSeconds?: number;
      link?: string;
      reason?: UnauthorizedReason;
      scope?: AccessScope;
      contentRange?: string;
      cause?: unknown;
    } = {},
  ) {
    super(detail, { cause: more.cause });
    this.code = code;
    this.errors = more.errors;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.link = more.link;
    this.reason = more.reason;
    this.scope = more.scope;
    this.contentRange = more.contentRange;
  }

  get status(): number {
    return problemCodes[this.code].status;
  }

  toProblem(requestId: string): Problem {
    const { status, title, retryable } = problemCodes[this.code];
    const problem = { type: `/problems#${this.code}`, title, status, detail: this.message, code: this.code };
    const { errors, reason, link } = this;
    const more = { ...(errors && { errors }), ...(reason && { reason }), ...(link !== undefined && { link }) };
    return { ...problem, requestId, retryable, ...more };
  }

  toResponse(requestId: string): Response {
    const headers = new Headers({ 'content-type': 'application/problem+json', 'x-request-id': requestId });
    const challenge = this.#challenge();
    if (challenge) headers.set('www-authenticate', challenge);
    const retryAfter = this.retryAfterSeconds ?? (this.status === 503 ? 1 : undefined);
    if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
    if (this.contentRange !== undefined) headers.set('content-range', this.contentRange);
    return Response.json(this.toProblem(requestId), { status: this.status, headers });
  }

  /** For `WWW-Authenticate`: which credential would do (RFC 6750, section 3). Who sent none is told no error. */
  #challenge(): string | undefined {
    if (this.code === 'insufficient_scope')
      return `Bearer error="insufficient_scope"${this.scope ? `, scope="${this.scope}"` : ''}`;
    if (this.status !== 401) return undefined;
    return this.reason === undefined || this.reason === 'missing' ? 'Bearer' : 'Bearer error="invalid_token"';
  }
}
