import { ApiError } from './errors/api-error.ts';
import { ConnectionError } from './errors/connection-error.ts';
import { backoff } from './retry-timing.ts';
import type { Timing } from './timing.ts';

/** Whoever asks for more than this gets no wait: the caller had better know. */
export const longestWaitMs = 60_000;

/** How long to wait before the request is sent again; undefined where it must not be. */
export function delayBeforeRetry(error: unknown, failures: number, timing: Timing): number | undefined {
  const soonest = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
  const retryable = error instanceof ConnectionError || (error instanceof ApiError && error.retryable);
  if (!retryable || soonest > longestWaitMs) return undefined;
  return Math.max(soonest, backoff(failures, timing.random()));
}

/** Does it, and again where the failure is one that passes. */
export async function retry<T>(
  attempt: (failures: number) => Promise<T>,
  { maxRetries, timing, signal }: { maxRetries: number; timing: Timing; signal?: AbortSignal | undefined },
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await attempt(failures);
    } catch (error) {
      const delay = delayBeforeRetry(error, failures, timing);
      if (failures >= maxRetries || delay === undefined) throw error;
      await timing.sleep(delay, signal);
    }
  }
}
