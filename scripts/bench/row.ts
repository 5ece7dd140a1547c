import type { BareServers } from './targets/bare-server.ts';
import type { GatewayTarget } from './targets/gateway.ts';
import type { Target } from './targets/target.ts';

/** What one measurement found: for each target one value a round, the rounds one after the other. */
export interface Row {
  what: string;
  unit: string;
  digits: number;
  /** By the name of the target. One that is not measured has none. */
  values: Record<string, number[]>;
}

/** What a measurement is made with. */
export interface Bench {
  targets: Target[];
  gateway: GatewayTarget;
  servers: BareServers;
  /** Where a stack may keep its state. */
  folder: string;
  rounds: number;
  /** What the number of events is multiplied by: 1 for figures that mean something. */
  scale: number;
  /** How many sessions at once. */
  sessionCounts: number[];
  /** How many readers of one turn. */
  readerCounts: number[];
  stuckReaders: number;
}

/** Values of each target, taken in turns, so that whatever else the machine does meets all of them alike. */
export async function inTurns<T extends string>(
  bench: Pick<Bench, 'rounds'>,
  targets: Target[],
  measure: (target: Target, round: number) => Promise<Record<T, number>>,
): Promise<Record<T, Record<string, number[]>>> {
  const found: Record<string, Record<string, number[]>> = {};
  const measured = (target: Target, round: number) =>
    measure(target, round).catch((cause) => {
      throw new Error(`Round ${round + 1} of ${target.name} failed.`, { cause });
    });
  for (let round = 0; round < bench.rounds; round += 1)
    for (const target of targets)
      for (const [name, value] of Object.entries<number>(await measured(target, round))) {
        found[name] ??= {};
        found[name][target.name] ??= [];
        found[name][target.name]?.push(value);
      }
  return found as Record<T, Record<string, number[]>>;
}

export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
