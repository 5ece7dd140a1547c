import { type Problem, type ProblemCode, ProblemError } from '@sandgate/api-spec';
import { log } from '../observe/log.ts';

/**
 * A value or a refusal. Errors lose their class on the way between objects, so that refusals travel as values; so does
 * our own failure, so that an error that is thrown says one thing only: the object was reset under the call.
 */
export type Settled<T> =
  | { value: T }
  | {
      refusal: {
        code: ProblemCode;
        detail: string;
        errors: Problem['errors'];
        retryAfterSeconds: number | undefined;
        link: string | undefined;
      };
    };

export async function settle<T>(work: () => T | Promise<T>): Promise<Settled<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    const { code, message: detail, errors, retryAfterSeconds, link } = refusalOf(error);
    return { refusal: { code, detail, errors, retryAfterSeconds, link } };
  }
}

function refusalOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  log('error', 'call failed', { error });
  return new ProblemError('internal_error', 'Something went wrong on our side; quote the request id.');
}

/** @throws ProblemError the refusal, where it is one. */
export async function settled<T>(result: Promise<Settled<T>>): Promise<T> {
  const answer = await result;
  if ('value' in answer) return answer.value;
  const { code, detail, errors, retryAfterSeconds, link } = answer.refusal;
  throw new ProblemError(code, detail, {
    ...(errors && { errors }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(link !== undefined && { link }),
  });
}
