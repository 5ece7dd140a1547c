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
