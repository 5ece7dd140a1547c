/**
 * When a delivery is tried again behind so many tries, in Unix milliseconds; undefined where it is given up.
 *
 * @param waits the wait behind each try but the last, in seconds, with commas between.
 */
export function nextTry(waits: string, tries: number, now: number): number | undefined {
  const wait = waits.split(',')[tries - 1];
  return wait === undefined ? undefined : now + Number(wait) * 1000;
}
