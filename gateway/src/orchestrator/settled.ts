import { type Problem, type ProblemCode, ProblemError } from '@sandgate/api-spec';

/** A value or a refusal. Errors lose their class on the way between objects, so that refusals travel as values. */
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
    if (!(error instanceof ProblemError)) throw error;
    const { code, message: detail, errors, retryAfterSeconds, link } = error;
    return { refusal: { code, detail, errors, retryAfterSeconds, link } };
  }
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
