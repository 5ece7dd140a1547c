import { appendFileSync } from 'node:fs';

/** Counts for the table at the end of `npm run attack`, which says where; nobody else asks. */
export function tally(what: string, times: number): void {
  const file = process.env.SANDGATE_ATTACK_TALLY;
  if (file) appendFileSync(file, `${JSON.stringify([what, times])}\n`);
}
