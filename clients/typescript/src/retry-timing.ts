const firstDelayMs = 500;
const longestDelayMs = 8_000;
const jitter = 0.25;

/** How long to wait after so many failures in a row (0 for the first); `random` is from 0 up to 1. */
export function backoff(failures: number, random: number): number {
  return Math.min(firstDelayMs * 2 ** failures, longestDelayMs) * (1 - jitter * random);
}

/**
 * The milliseconds of a `Retry-After`: seconds or a date.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}
