import { copyFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Event } from '@sandgate/api-spec';
import { auditObjects } from './disk-ledger.ts';
import type { Kill } from './disk-trial.ts';
import { eventually } from './eventually.ts';
import type { Fault } from './faults/fault.ts';
import { faults } from './faults/faults.ts';
import { MemoryWatch } from './memory-watch.ts';
import type { Evidence, Finding, Promised } from './promises/promise.ts';
import { promises } from './promises/promises.ts';
import { Random } from './random.ts';
import { Session } from './session.ts';
import type { Trials } from './trials.ts';
import { openWorld, type World } from './world.ts';

export interface ChaosOptions {
  seed: string;
  rounds: number;
  sessions: number;
  /** How many faults strike in a round. */
  faultsPerRound: number;
  /** Only the faults whose name has this in it. */
  only?: string;
  /** Where to put what the gateway logged, at the end. */
  log?: string;
  onLine?: (line: string) => void;
}

export interface Verdict {
  findings: (Finding & Promised)[];
  struck: Map<string, number>;
  /** In the middle of what was done to a disk. */
  kills: Kill[];
}

/** How long anything may take to come to its end once nothing goes wrong any more, in milliseconds. */
const patienceMs = 180_000;

/** Lets sessions work while things go wrong around them, and then judges what everybody saw. */
export async function runChaos(options: ChaosOptions): Promise<Verdict> {
  const { onLine = () => {} } = options;
  const random = new Random(options.seed);
  const world = await openWorld();
  const stopWatching = new AbortController();
  try {
    onLine(`Sandboxes held by: ${world.mode}`);
    const sessions = await openSessions(world, options.sessions, random.fork('sessions'));
    const memory = new MemoryWatch(world, sessions);
    void memory.run(stopWatching.signal);
    const trials: Trials = { disks: [], deletions: [], fullDisks: [] };
    const stuck: string[] = [];
    const round = async (number: number, struck: readonly Fault[]) => {
      const own = random.fork(`round ${number}`);
      stuck.push(...(await playRound({ world, sessions, trials, number, struck, random: own, onLine })));
      stuck.push(...(await settle(sessions, number)));
    };

    await round(0, []);
    memory.setCalm();
    const schedule = schedulerOf(options, world, random.fork('faults'), onLine);
    const struck = new Map<string, number>();
    for (let number = 1; number <= options.rounds; number += 1) {
      const chosen = schedule();
      for (const { name } of chosen) struck.set(name, (struck.get(name) ?? 0) + 1);
      await round(number, chosen);
    }
    await round(options.rounds + 1, []);
    const objects = await settleDisks(world, trials).catch((error) => ({ count: 0, wrong: [String(error)] }));
    const outcomes = await Promise.all(
      sessions.map(async (session) => {
        const handle = world.client.sessions.handle(session.id);
        const log = (await Array.fromAsync(handle.listEvents())) as Event[];
        stuck.push(...(await arrivals(session, log)));
        const turns = await Array.fromAsync(handle.turns.list());
        await session.close();
        return { session, log, turns: turns as Evidence['outcomes'][number]['turns'] };
      }),
    );
    const evidence: Evidence = { ...trials, outcomes, statements: world.witness.statements, objects, stuck, memory };
    const kills = trials.disks.flatMap((disk) => disk.kills);
    return { struck, kills, findings: promises.map((promised) => ({ ...promised, ...promised.judge(evidence) })) };
  } finally {
    stopWatching.abort();
    if (options.log !== undefined) copyFileSync(world.log, options.log);
    await world.close();
  }
}

/** Has all disks saved and holds R2 against it, and again once the sessions of the trials are deleted. */
async function settleDisks(world: World, { disks, fullDisks }: Trials): Promise<Evidence['objects']> {
  const sessions = [...disks, ...fullDisks].map(({ session }) => session);
  const forks = disks.flatMap((disk) => disk.forks);
  await Promise.all([...sessions, ...forks].map((session) => session.rest()));
  const { count, wrong } = await auditObjects(world);
  // At once: some of a disk before what was forked from it, some behind.
  await Promise.all([...sessions, ...forks].map(({ id }) => world.client.sessions.delete(id)));
  const afterwards = await auditObjects(world);
  return { count, wrong: [...wrong, ...afterwards.wrong] };
}

/** Half of them of each agent, and half of them of a person who is asked. */
function openSessions(world: World, count: number, random: Random): Promise<Session[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      Session.open(world, index % 2 === 0 ? 'scripted' : 'shell', index % 4 >= 2, random.fork(index)),
    ),
  );
}

/** Deals out the faults like cards, so that each comes as often as the others. */
function schedulerOf(
  { faultsPerRound, only = '' }: ChaosOptions,
  world: World,
  random: Random,
  onLine: (line: string) => void,
) {
  const possible = faults.filter(({ name, missing }) => {
    const reason = missing?.(world);
    if (reason) onLine(`not here: ${name}, as ${reason}`);
    return !reason && name.includes(only);
  });
  let deck: Fault[] = [];
  return (): Fault[] => {
    const chosen: Fault[] = [];
    while (chosen.length < Math.min(faultsPerRound, possible.length)) {
      if (deck.length === 0) deck = random.shuffled(possible);
      chosen.push(deck.pop() as Fault);
    }
    return chosen;
  };
}

/** All sessions get something to do, and meanwhile the faults strike. Answers which of these did not come to their end. */
async function playRound({
  world,
  sessions,
  trials,
  number,
  struck,
  random,
  onLine,
}: {
  world: World;
  sessions: Session[];
  trials: Trials;
  number: number;
  struck: readonly Fault[];
  random: Random;
  onLine: (line: string) => void;
}): Promise<string[]> {
  const began = performance.now();
  const asking = sessions.map(async (session, index) => {
    const own = random.fork(`session ${index}`);
    for (let count = own.int(1, 2); count > 0; count -= 1) {
      await sleep(own.int(0, 800));
      session.ask(number, own);
    }
    if (own.chance(0.6)) {
      await sleep(own.int(0, 1000));
      await session.join(own).catch(() => undefined); // While workerd is away nobody knows where the middle is.
    }
  });
  const striking = struck.map(async (fault, index) => {
    const own = random.fork(`fault ${index}`);
    await sleep(own.int(100, 2500));
    const at = ((performance.now() - began) / 1000).toFixed(1);
    const striking = fault.strike({ world, sessions, trials, round: number, random: own });
    const problem = await striking.then(
      (note) => void onLine(`round ${number}, ${at} s  ${fault.name}: ${note}`),
      (error) => `${fault.name}: ${error}`,
    );
    return problem ?? [];
  });
  await Promise.all(asking);
  return (await Promise.all(striking)).flat();
}

/** Waits until all that was asked is taken and over. Answers what is not. */
async function settle(sessions: readonly Session[], round: number): Promise<string[]> {
  const deadline = AbortSignal.timeout(patienceMs);
  const late = new Promise<string>((resolve) => deadline.addEventListener('abort', () => resolve('not taken in time')));
  const problems = await Promise.all(
    sessions.map(async (session) => {
      const asked = session.asked.filter((each) => each.round === round);
      const posts = await Promise.all(
        asked.map(async ({ plan, taken }) => {
          const problem = await Promise.race([taken.then(() => undefined, String), late]);
          return problem && `${session.id} ${plan.tag}: ${problem}`;
        }),
      );
      const idle = await eventually(`end of the turns of ${session.id}`, () => session.isIdle(), patienceMs).then(
        () => undefined,
        String,
      );
      return [...posts, idle].filter((problem) => problem !== undefined);
    }),
  );
  return problems.flat();
}

/** Waits until each subscriber has all. Answers who has not. */
async function arrivals(session: Session, log: Event[]): Promise<string[]> {
  const late = await Promise.all(
    session.records.map((record) => {
      const due = log.findLast((event) => 'seq' in event && (record.showsIds || record.isDue(event)));
      const head = due && 'seq' in due ? due.seq : 0;
      const { who, turnId, sessionId, complaints } = record;
      return eventually(
        `end of what "${who}" reads of ${turnId ?? sessionId}, who is at ${record.lastSeq} of ${head}`,
        async () => complaints.length > 0 || record.ended || (turnId === undefined && record.lastSeq >= head),
        patienceMs / 2,
      ).then(() => undefined, String);
    }),
  );
  return late.filter((problem) => problem !== undefined);
}
