import type { ResumeRequest } from '@sandgate/api-spec';

/** JSON text that does not depend on the order of keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Whether two answers to a request say the same. */
export function sameAnswer(a: ResumeRequest, b: ResumeRequest): boolean {
  return canonicalJson(normal(a)) === canonicalJson(normal(b));
}

function normal({ decision, scope = 'once', message, updatedInput, answers }: ResumeRequest) {
  return { decision, scope, message, updatedInput, answers };
}
