import type { Journal } from '../orchestrator/journal.ts';
import type { SessionStore } from '../orchestrator/session-store.ts';
import type { TurnStore } from '../orchestrator/turn-store.ts';
import { destinationOf, ruleFor } from './policy.ts';
import { openRule } from './sealed-rule.ts';

/** How many denials are told of in one turn, or between two: a sandbox shall not fill its log with them. */
const denialLimit = 50;

/** The longest name that is told, in UTF-16 units: that of the longest host. */
const hostLimit = 253;

/** Whether a request may go out, and the headers that are added to it. */
export type Leave = { headers: Record<string, string> } | { refusal: string };

interface Parts {
  masterSecret: string | undefined;
  session: SessionStore;
  turns: TurnStore;
  journal: Journal;
}

/** Says which requests of a session's sandbox may leave, and tells of each that may not once in a turn. */
export class EgressDesk {
  readonly #parts: Parts;
  #told = new Set<string>();
  #toldIn: string | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async ask(request: { url: string; method: string }): Promise<Leave> {
    const { masterSecret, session } = this.#parts;
    const destination = destinationOf(request);
    if ('refusal' in destination) return this.deny(destination.host, destination.refusal);
    const { name = '', egress = [] } = session.get() ?? {};
    const rule = ruleFor(egress, destination.host);
    if (!rule) return this.deny(destination.host, 'The session does not allow this host.');
    return { headers: await openRule(masterSecret, name, rule) };
  }

  deny(host: string, refusal: string): { refusal: string } {
    const turnId = this.#parts.turns.active()?.id;
    if (turnId !== this.#toldIn) this.#told.clear();
    this.#toldIn = turnId;
    const denial = `${host} ${refusal}`;
    if (this.#told.size < denialLimit && !this.#told.has(denial)) {
      this.#told.add(denial);
      const event = { type: 'egress.denied' as const, host: host.slice(0, hostLimit).toWellFormed(), reason: refusal };
      this.#parts.journal.record(turnId, [event]);
    }
    return { refusal };
  }
}
