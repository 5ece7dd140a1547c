import { type ProblemCode, problemCodes } from './problem-codes.ts';
import { problemGuide } from './problem-guide.ts';

/** All problems, by status: `docs/problems.md`. */
export function problemTable(): string {
  const rows = Object.entries(problemCodes)
    .toSorted(([, a], [, b]) => a.status - b.status)
    .map(([code, { status, title, retryable }]) => {
      const { cause, remedy } = problemGuide[code as ProblemCode];
      const name = `<a id="${code}"></a>\`${code}\``;
      return `| ${[name, status, retryable ? 'yes' : 'no', title, cause, remedy].map(cell).join(' | ')} |`;
    });
  return `# Problems

<!-- Generated from api-spec/src/problem-codes.ts and problem-guide.ts by \`npm run generate\`. Do not edit. -->

Every refusal is a problem (RFC 9457) with one of these codes. Program against \`code\`; \`type\` leads to the row, on the
page \`/problems\` of each gateway. **Again**: whether the same request may be sent again unchanged; \`Retry-After\` says when.

| code | status | again | what it is | what leads to it | what helps |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function cell(value: string | number): string {
  return String(value).replaceAll('|', '\\|');
}
