import { expect, it } from 'vitest';
import { ProblemError } from './problem.ts';
import { type ProblemCode, problemCodes } from './problem-codes.ts';
import { problemTable } from './problem-table.ts';

it('has a row for each code, to which its type leads', () => {
  const table = problemTable();
  for (const code of Object.keys(problemCodes) as ProblemCode[]) {
    const [page, anchor] = new ProblemError(code, '').toProblem('req_1').type.split('#');
    expect(page).toBe('/problems');
    expect(table).toContain(`<a id="${anchor}"></a>\`${code}\``);
  }
});
