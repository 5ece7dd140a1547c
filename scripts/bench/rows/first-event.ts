import { setTimeout as sleep } from 'node:timers/promises';
import { readAll } from '../readers.ts';
import { type Bench, inTurns, quantile, type Row } from '../row.ts';
import { type Target, type TargetSession, warmUp } from '../targets/target.ts';

/** How often in a round. */
const times = 10;

/** How long a session rests before it is asked, in milliseconds: behind each turn its disk is saved, and waited for. */
const restMs = 500;

/**
 * From the request for a turn to the agent's first event, the same for all: in a sandbox that runs and rests, in one whose
 * turn has just ended, and in one that is to be started.
 */
export async function* firstEvent(bench: Bench): AsyncGenerator<Row> {
  const sessions = new Map<string, TargetSession>();
  for (const target of bench.targets) sessions.set(target.name, await target.open());
  const { rested, next } = await inTurns(bench, bench.targets, async (target) => {
    const session = sessions.get(target.name) as TargetSession;
    const rested: number[] = [];
    const next: number[] = [];
    for (let time = 0; time < Math.ceil(times * bench.scale); time += 1) {
      await sleep(restMs);
      rested.push(await wait(session));
      next.push(await wait(session));
    }
    return { rested: quantile(rested, 0.5), next: quantile(next, 0.5) };
  });
  yield { what: 'chat → first event of the agent, warm, p50', unit: 'ms', digits: 1, values: rested };
  yield { what: 'chat → first event, at once behind a turn, p50', unit: 'ms', digits: 1, values: next };
  const { cold } = await inTurns(
    bench,
    bench.targets.filter(({ openCold }) => openCold),
    async (target) => {
      const waits: number[] = [];
      for (let time = 0; time < Math.ceil((times * bench.scale) / 3); time += 1) waits.push(await coldWait(target));
      return { cold: quantile(waits, 0.5) };
    },
  );
  yield { what: 'start of all → first event of the agent, cold, p50', unit: 'ms', digits: 0, values: cold };
}

/** Directly, that is a server to start; through the gateway, a session to create and its sandbox to start. */
async function coldWait(target: Target): Promise<number> {
  const began = performance.now();
  const started = await target.openCold?.();
  if (!started) throw new Error(`${target.name} has no cold start.`);
  const open = performance.now() - began;
  const first = await wait(started.session);
  await started.end?.();
  return open + first;
}

/** Milliseconds until the agent's first event. */
async function wait(session: TargetSession): Promise<number> {
  const [reading] = await readAll([{ wire: session.chat(warmUp) }]);
  return reading ? (reading.first - reading.began) / 1000 : Number.NaN;
}
