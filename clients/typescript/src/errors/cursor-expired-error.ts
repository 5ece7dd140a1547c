import { ApiError } from './api-error.ts';

/**
 * What comes behind the given event is no longer kept: `session.get()` says with `firstSeq` where the log begins now.
 *
 * @example
 * try {
 *   for await (const event of session.events({ after })) show(event);
 * } catch (error) {
 *   if (!(error instanceof CursorExpiredError)) throw error;
 *   const { firstSeq } = await session.get();
 *   for await (const event of session.events({ after: firstSeq - 1 })) show(event);
 * }
 */
export class CursorExpiredError extends ApiError {
  override readonly name = 'CursorExpiredError';
}
