import { isDeepStrictEqual } from 'node:util';
import type { Event } from '@sandgate/api-spec';
import { isExcused } from '../hardship.ts';
import type { Fact } from '../plan.ts';
import type { Asked } from '../session.ts';
import { type Promised, turnsOf } from './promise.ts';

export const turnsAsPlanned: Promised = {
  sentence:
    'A turn does what it was asked to the letter, or until it is stopped; an error ends it only while its sandbox or disk goes.',
  judge({ outcomes }) {
    const broken: string[] = [];
    let fulfilled = 0;
    let failed = 0;
    let stopped = 0;
    for (const outcome of outcomes)
      for (const asked of outcome.session.asked)
        for (const turnId of turnsOf(asked, outcome)) {
          const events = outcome.log.filter((event) => event.turnId === turnId);
          const problem = deviation(asked, events);
          if (problem) broken.push(`${outcome.session.id} ${turnId} (${asked.plan.tag}): ${problem}`);
          if (events.some(({ type }) => type === 'error')) failed += 1;
          else if (events.some((event) => event.type === 'complete' && event.stopReason === 'interrupted'))
            stopped += 1;
          else fulfilled += 1;
        }
    return { checked: `${fulfilled} as planned, ${stopped} stopped, ${failed} ended by a fault`, broken };
  },
};

function deviation({ plan, session, round }: Asked, events: Event[]): string | undefined {
  const last = events.at(-1);
  const error = events.find(({ type }) => type === 'error');
  const denied = events.some((event) => event.type === 'permission.resolved' && event.decision === 'deny');
  const asked = plan.facts.findIndex(({ type }) => type === 'permission.requested');
  const due = denied ? plan.facts.slice(0, asked + 1) : plan.facts;
  if (denied && session.agent === 'shell') due.push({ type: 'tool.result', isError: true });
  const isStopped = last?.type === 'complete' && last.stopReason === 'interrupted' && session.stoppedRounds.has(round);
  const facts = events.filter((event) => isFact(event) && !(isStopped && isCutShort(event)));
  const at = facts.findIndex((event, index) => !due[index] || !matches(event, due[index]));
  if (at >= 0)
    return `${JSON.stringify(facts[at]).slice(0, 200)} in the place of ${JSON.stringify(due[at])?.slice(0, 200)}`;
  if (last?.type !== 'complete') return 'no end';
  if (error || last.stopReason === 'error') {
    if (isExcused(events, session.hardships)) return undefined;
    return `it ended in ${JSON.stringify(error)}`;
  }
  if (isStopped) return undefined;
  if (facts.length < due.length) return `it said ${facts.length} of ${due.length} facts`;
  const reason = denied && session.agent === 'scripted' ? 'refusal' : 'end_turn';
  return last.stopReason === reason ? undefined : `it ended with ${last.stopReason}`;
}

/** What a command said until it was stopped. */
const isCutShort = (event: Event) => event.type === 'tool.result' && event.isError;

function isFact(event: Event): boolean {
  if (event.type === 'message') return event.message.role === 'assistant';
  return ['tool.call', 'tool.result', 'usage', 'permission.requested'].includes(event.type);
}

/** Whether an event has all that is known of it beforehand. */
function matches(event: unknown, fact: Fact | object): boolean {
  return Object.entries(fact).every(([key, value]) => {
    const found = (event as { [key: string]: unknown })[key];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return isDeepStrictEqual(found, value);
    return typeof found === 'object' && matches(found, value);
  });
}
