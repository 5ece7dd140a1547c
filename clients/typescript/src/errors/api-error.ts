import type { Problem } from '../types.ts';
import { SandgateError } from './sandgate-error.ts';

/**
 * The server refused.
 *
 * @example
 * try {
 *   await client.sessions.get('nobody');
 * } catch (error) {
 *   if (error instanceof ApiError && error.code === 'session_not_found') console.log(error.requestId);
 *   else throw error;
 * }
 */
export class ApiError extends SandgateError {
  override readonly name: string = 'ApiError';
  /** The HTTP status. */
  readonly status: number;
  /** What the server said about it; undefined where something in between answered. */
  readonly problem: Problem | undefined;
  /** Names the request in the server's logs. */
  readonly requestId: string | undefined;
  /** How long the server asks to be left alone, from its `Retry-After`. */
  readonly retryAfterMs: number | undefined;

  constructor(
    request: string,
    status: number,
    more: { problem?: Problem | undefined; requestId?: string | undefined; retryAfterMs?: number | undefined } = {},
  ) {
    const { problem, requestId, retryAfterMs } = more;
    super(`${request}: ${status}${problem ? ` ${problem.code}: ${problem.detail}` : ''}`);
    this.status = status;
    this.problem = problem;
    this.requestId = requestId ?? problem?.requestId;
    this.retryAfterMs = retryAfterMs;
  }

  /** The stable code to program against: `session_not_found`. */
  get code(): string | undefined {
    return this.problem?.code;
  }

  /** With the code `unauthorized`, why: `expired`, `revoked` … */
  get reason(): Problem['reason'] {
    return this.problem?.reason;
  }

  /** Whether the same request may be sent again unchanged. */
  get retryable(): boolean {
    if (this.status === 408 || this.status === 429) return true;
    return this.problem?.retryable ?? this.status >= 500;
  }
}
