import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Snapshot } from '@sandgate/api-spec';
import { changeTree, printDigest } from './disk-tree.ts';
import { eventually } from './eventually.ts';
import { ForkTrial } from './fork-trial.ts';
import { OwnSession } from './own-session.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** What is done to a disk while something is killed. */
export type DiskWork = 'save' | 'wake' | 'snapshot' | 'return' | 'fork';

/** A kill, and what was found after it: on the disk, or of the fork. */
export interface Kill {
  work: DiskWork;
  what: string;
  found: 'before' | 'after' | 'a mix';
}

/** Work that is about to be done. */
interface Step {
  /** What is saved for certain: one of these, and of one only where nothing else struck. */
  before: ReadonlySet<string>;
  /** What a turn that is complete made of it since. */
  now?: string;
  /** The newest event by then. */
  seq: number;
  /** What the disk may hold once the work is done. */
  goal: ReadonlySet<string>;
  /** Answers whether it was confirmed. */
  begin: () => Promise<boolean>;
  /** Brings a fork to its end, and answers what the kill had left of it. */
  finish?: (told: string) => Promise<Kill['found']>;
  /** Told what may be true behind it. */
  learn?: (possible: ReadonlySet<string>) => Promise<void>;
}

/** How long work is taken to last at first, in milliseconds. */
const guessMs = 800;

/** How many snapshots a disk has at most, and how many forks. */
const mostSnapshots = 4;
const mostForks = 2;

/** What is printed of an empty tree. */
const emptyDigest = createHash('sha256').update('').digest('hex');

const post = { method: 'POST' };

/** A session of which every complete state of the disk is known, by its digest. */
export class DiskTrial {
  readonly kills: Kill[] = [];
  readonly problems: string[] = [];
  readonly session: OwnSession;
  /** Whether a fault has it just now. */
  isTaken = true;
  readonly #world: World;
  readonly #random: Random;
  /** What the disk may hold. */
  #held: ReadonlySet<string> = new Set([emptyDigest]);
  /** What it held when it was last looked at, and how often all containers had been ended by then. */
  #seen: { digest: string; engineKills: number } | undefined;
  /** What each snapshot may hold. */
  readonly #snapshots = new Map<string, ReadonlySet<string>>();
  /** What was forked from it, the newest last. */
  readonly forks: OwnSession[] = [];
  /** How long each work took when it came to its end, in milliseconds: the kill shall come before. */
  readonly #lengths = new Map<DiskWork, number>();
  #changes = 0;

  private constructor(world: World, session: OwnSession, random: Random) {
    this.#world = world;
    this.session = session;
    this.#random = random;
  }

  static async open(world: World, random: Random): Promise<DiskTrial> {
    const trial = new DiskTrial(world, await OwnSession.open(world), random);
    await trial.#look(changeTree('first', random));
    return trial;
  }

  /** Has something killed at a random moment of the work, and looks at what is there then. Tells what was done. */
  async cutOff(work: DiskWork, kill: () => Promise<string>): Promise<string> {
    const { engineKills } = this.#world;
    const step = await this.#prepare(work);
    // Rather too soon than too late: nothing is to be seen of a kill behind the end.
    const moment = Math.round(this.#random.next() ** 2 * 1.5 * (this.#lengths.get(work) ?? guessMs));
    let isDone = false;
    const working = step.begin().then((ok) => {
      isDone = ok;
    });
    // What is restored is restored once its container is there.
    const isBegun = async () => isDone || this.#world.sandboxServer(this.session.id) !== undefined;
    if (work === 'wake') await eventually('container', isBegun).catch(() => undefined);
    const began = performance.now();
    await Promise.race([sleep(moment), working]);
    if (isDone) this.#lengths.set(work, performance.now() - began);
    await sleep(Math.max(0, moment - (performance.now() - began)));
    const wasDone = isDone && engineKills === this.#world.engineKills; // Of a container that is gone nothing is saved.
    const what = await kill();
    await working;
    const told = `a ${work} of ${this.session.id}, ${what} killed after ${moment} ms`;
    const ofFork = await step.finish?.(told);
    const { found } = await this.#look();
    const ofDisk = await this.#judge(step, { work, found, wasDone, told });
    const state = ofFork ?? ofDisk;
    this.kills.push({ work, what, found: state });
    return `${told}: as ${state}`;
  }

  async #judge(
    step: Step,
    { work, found, wasDone, told }: { work: DiskWork; found: string; wasDone: boolean; told: string },
  ): Promise<Kill['found']> {
    const possible = statesOf(step);
    const isGoal = step.goal.has(found);
    if (!possible.has(found)) this.problems.push(`${told}: the disk is a mix`);
    else if (wasDone && !isGoal) this.problems.push(`${told}: it was confirmed, and is undone`);
    const errors = await this.session.errors(step.seq);
    const isRewound = errors.includes('disk_rewound');
    const isLost = step.before.has(found) && found !== step.now && !isGoal;
    if (isLost && !isRewound) this.problems.push(`${told}: the log does not tell of the loss`);
    // A turn that looked may have changed it, for all that anybody knows, where it was lost with its container.
    const wasTurnLost = errors.some((code) => code === 'sandbox_restarted' || code === 'sandbox_unreachable');
    if (work === 'wake' && isRewound && !wasTurnLost) this.problems.push(`${told}: the log tells of a loss`);
    this.#held = new Set([...possible, found]);
    await step.learn?.(wasDone ? step.goal : possible);
    if (isGoal) return 'after';
    return possible.has(found) ? 'before' : 'a mix';
  }

  /** Has all of it saved, and then changed by a turn unless it is to be woken. */
  async #prepare(work: DiskWork): Promise<Step> {
    await this.session.insist('/sleep', post);
    const saved =
      this.#seen && this.#seen.engineKills === this.#world.engineKills ? new Set([this.#seen.digest]) : this.#held;
    if (work === 'wake') {
      const seq = await this.session.lastSeq();
      return { before: saved, seq, goal: saved, begin: () => this.#does('/wake') };
    }
    if (work === 'return' && this.#snapshots.size === 0) await this.#keep(saved);
    this.#changes += 1;
    const { found, made: now, seq } = await this.#look(changeTree(`change ${this.#changes}`, this.#random));
    if (!saved.has(found)) this.problems.push(`${this.session.id}: behind a sleep the disk holds what it never held`);
    const step = { before: new Set([found]), now, seq, goal: new Set([now]) };
    // Behind the turn it is being saved already.
    if (work === 'save') return { ...step, begin: () => this.#does('/sleep') };
    if (work === 'snapshot')
      return { ...step, begin: () => this.#does('/snapshots'), learn: (possible) => this.#learnSnapshots(possible) };
    if (work === 'fork') return this.#forkStep(step);
    const [id, goal] = this.#random.pick([...this.#snapshots]);
    return { ...step, goal, begin: () => this.#does(`/snapshots/${id}/restore`) };
  }

  /** A fork of what is there now, which is saved for it, or of what a snapshot keeps. */
  #forkStep(step: Omit<Step, 'begin'>): Step {
    const isNow = this.#snapshots.size === 0 || this.#random.chance(0.6);
    const [snapshotId, kept] = isNow ? [undefined, statesOf(step)] : this.#random.pick([...this.#snapshots]);
    const fork = new ForkTrial(this.#world, this.session, this.#random.chance(0.5), snapshotId);
    return {
      ...step,
      begin: async () => (await fork.ask()) && isNow, // At a snapshot nothing of the disk is confirmed.
      finish: async (told) => {
        const isThere = await fork.look();
        this.forks.push(await fork.finish({ states: kept, lost: isNow ? step.before : new Set() }));
        if (this.forks.length > mostForks) await this.forks.shift()?.insist('', { method: 'DELETE' });
        this.problems.push(...fork.problems.map((problem) => `${told}: ${problem}`));
        if (fork.problems.length > 0) return 'a mix';
        return isThere ? 'after' : 'before';
      },
    };
  }

  /** Looks at the disk, has it changed, and looks again; as often as it takes for a turn to come to its end. */
  async #look(change = ''): Promise<{ found: string; made: string; seq: number }> {
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      const turn = await this.session.run(`${printDigest}\n${change}\n${change && printDigest}`);
      const [found, made = found] = turn.outputText?.match(/^[0-9a-f]{64}$/gm) ?? [];
      if (turn.stopReason !== 'end_turn' || found === undefined || made === undefined) continue;
      this.#held = new Set([...this.#held, found, made]);
      this.#seen = { digest: made, engineKills: this.#world.engineKills };
      return { found, made, seq: turn.lastSeq ?? 0 };
    }
    throw new Error(`No turn of ${this.session.id} comes to its end.`);
  }

  async #does(path: string): Promise<boolean> {
    return (await this.session.ask(path, post))?.ok ?? false;
  }

  /** Keeps a snapshot. */
  async #keep(possible: ReadonlySet<string>): Promise<void> {
    await this.session.insist('/snapshots', { ...post, headers: { 'idempotency-key': randomUUID() } });
    await this.#learnSnapshots(possible);
  }

  /** Those that are new may hold this; the oldest are let go. */
  async #learnSnapshots(possible: ReadonlySet<string>): Promise<void> {
    const { data } = (await (await this.session.insist('/snapshots')).json()) as { data: Snapshot[] };
    for (const { id } of data) if (!this.#snapshots.has(id)) this.#snapshots.set(id, possible);
    for (const { id } of data.slice(0, -mostSnapshots)) {
      await this.session.insist(`/snapshots/${id}`, { method: 'DELETE' });
      this.#snapshots.delete(id);
    }
  }
}

function statesOf({ before, now, goal }: Pick<Step, 'before' | 'now' | 'goal'>): Set<string> {
  return new Set([...before, ...(now === undefined ? [] : [now]), ...goal]);
}
