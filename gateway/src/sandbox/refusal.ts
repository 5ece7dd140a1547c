import { Problem, type ProblemCode, ProblemError } from '@sandgate/api-spec';
import { boundedJson } from './bounded-body.ts';

/** The sandbox's own refusal as a ProblemError; any other answer as an Error. */
export async function refusalOf(response: Response): Promise<Error> {
  const problem = Problem.safeParse(await boundedJson(response).catch(() => undefined));
  if (!problem.success) return new Error(`The sandbox answered HTTP ${response.status}.`);
  return new ProblemError(problem.data.code as ProblemCode, problem.data.detail);
}
