import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until there is an answer. @throws where there is none in time. */
export async function eventually<T>(
  what: string,
  question: () => Promise<T | undefined | false>,
  limitMs = 60_000,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`no ${what} within ${limitMs / 1000} s`);
    await sleep(50);
  }
}

/** As `eventually`, where a question may also fail for a while. */
export function patiently<T>(
  what: string,
  question: () => Promise<T | undefined | false>,
  limitMs = 90_000,
): Promise<T> {
  let failure: unknown;
  const asking = eventually(
    what,
    () =>
      question().catch((error: unknown) => {
        failure = error;
        return undefined;
      }),
    limitMs,
  );
  return asking.catch((error: Error) => {
    throw new Error(failure === undefined ? error.message : `${error.message}: ${failure}`);
  });
}
