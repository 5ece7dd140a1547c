const second = 1_000_000_000n;

/**
 * A file's time, in nanoseconds since 1970, for a system call that Node gives no more than a double: a whole second is
 * exact, everything else right to the microsecond, in the middle of it so that no rounding leads to another. As a text:
 * of a number Node takes one from before 1970 for now.
 */
export function fileTime(nanoseconds: bigint): string {
  if (nanoseconds % second === 0n) return String(nanoseconds / second);
  const intoMicrosecond = ((nanoseconds % 1000n) + 1000n) % 1000n;
  return String((Number((nanoseconds - intoMicrosecond) / 1000n) + 0.5) / 1e6);
}
