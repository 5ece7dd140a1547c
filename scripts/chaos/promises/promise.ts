import type { Event, Turn } from '@sandgate/api-spec';
import type { Peak } from '../memory-watch.ts';
import type { Asked, Session } from '../session.ts';
import type { Trials } from '../trials.ts';
import type { Statement } from '../witness.ts';

/** A session when all is over. */
export interface Outcome {
  session: Session;
  log: Event[];
  turns: Turn[];
}

/** All that is known when all is over. */
export interface Evidence extends Trials {
  outcomes: Outcome[];
  statements: readonly Statement[];
  /** Objects in R2 at the end: how many, which no store knows or needs, and which are missing. */
  objects: { count: number; wrong: string[] };
  /** What did not come to its end in time. */
  stuck: string[];
  memory: { workerd: Peak; sandboxServer: Peak };
}

/** What was found out about a promise. */
export interface Finding {
  /** How much was looked at, in words. */
  checked: string;
  broken: string[];
}

export interface Promised {
  /** The promise, in a sentence. */
  sentence: string;
  judge(evidence: Evidence): Finding;
}

/** The turns that came of what was asked: they are told by the user's message, which is another for each. */
export function turnsOf({ plan }: Asked, { log }: Outcome): string[] {
  return log.flatMap((event) =>
    event.type === 'message' && event.message.role === 'user' && event.message.content[0]?.text === plan.content
      ? (event.turnId ?? [])
      : [],
  );
}

/** What is said of a turn before it is begun. */
export function isWaiting(event: Event): boolean {
  return (
    (event.type === 'message' && event.message.role === 'user') ||
    (event.type === 'status' && event.status.state === 'queued')
  );
}
