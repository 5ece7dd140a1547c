import type { Event } from '@sandgate/api-spec';
import type { Record } from '../record.ts';
import { type Outcome, type Promised, turnsOf } from './promise.ts';

export const textRebuilt: Promised = {
  sentence:
    'At every moment, deltas and snapshots make a true beginning of the text; unbroken or since a snapshot, all of it.',
  judge({ outcomes }) {
    const broken: string[] = [];
    let pieces = 0;
    let whole = 0;
    for (const outcome of outcomes) {
      const texts = new Texts(outcome);
      for (const record of outcome.session.records) {
        const reading = new Reading(record, texts);
        pieces += reading.pieces;
        whole += reading.whole;
        if (reading.fault) broken.push(`${record.who} of ${record.turnId ?? record.sessionId}: ${reading.fault}`);
      }
    }
    return { checked: `${pieces} pieces; ${whole} texts whole without their event`, broken };
  },
};

/** The full texts: as the log has them or, where the turn did not come to its end, as they were planned. */
class Texts {
  readonly #said = new Map<string, string>();
  readonly #planned = new Map<string, ReadonlyMap<string, string>>();
  readonly #tags = new Map<string, string>();
  /** The turns beside which nothing made a reader slow, and which said all that they were to. */
  readonly #quiet = new Set<string | undefined>();

  constructor(outcome: Outcome) {
    const stopped = new Set<string | undefined>();
    for (const event of outcome.log) {
      if (event.type === 'complete' && event.stopReason === 'interrupted') stopped.add(event.turnId);
      const [id, text] = whole(event) ?? [];
      if (id !== undefined && text !== undefined) this.#said.set(`${event.turnId} ${id}`, text);
    }
    for (const asked of outcome.session.asked)
      for (const turnId of turnsOf(asked, outcome)) {
        this.#planned.set(turnId, asked.plan.texts);
        this.#tags.set(turnId, asked.plan.tag);
        if (!outcome.session.floodedRounds.has(asked.round) && !stopped.has(turnId)) this.#quiet.add(turnId);
      }
  }

  isQuiet(turnId: string | undefined): boolean {
    return this.#quiet.has(turnId);
  }

  of(id: string, turnId = ''): string | undefined {
    const planned = this.#planned.get(turnId);
    return this.#said.get(`${turnId} ${id}`) ?? planned?.get(id) ?? planned?.get(this.#tags.get(turnId) ?? '');
  }
}

/** What one subscriber could make of what it saw. */
class Reading {
  pieces = 0;
  whole = 0;
  fault: string | undefined;

  constructor(record: Record, texts: Texts) {
    /** How much of each text is there, and whether the connection has held since its first piece or a whole snapshot. */
    const read = new Map<string, { length: number; unbroken: boolean }>();
    for (const sighting of record.sightings) {
      if (sighting === 'cut') {
        for (const state of read.values()) state.unbroken = false;
        continue;
      }
      if ('carriedTo' in sighting) continue;
      const { event } = sighting;
      const done = whole(event);
      if (done) {
        const state = read.get(`${event.turnId} ${done[0]}`);
        if (state?.length === done[1].length) this.whole += 1;
        // Whoever reads slowly loses pieces, and our client does not say where it was cut.
        else if (state?.unbroken && /^(raw|npm)/.test(record.who) && texts.isQuiet(event.turnId))
          this.fault ??= `${state.length} of ${done[1].length} units of ${done[0]}, and nothing was cut since it was whole`;
        continue;
      }
      const piece = pieceOf(event);
      if (!piece) continue;
      this.pieces += 1;
      const full = texts.of(piece.id, event.turnId);
      const key = `${event.turnId} ${piece.id}`;
      const before = read.get(key) ?? { length: 0, unbroken: piece.at === 'end' };
      const from = piece.at === 'end' ? before.length : piece.truncated ? (full?.indexOf(piece.text) ?? -1) : 0;
      if (full === undefined || from < 0 || !full.startsWith(piece.text, from)) {
        const is = JSON.stringify(piece.text.slice(0, 60));
        this.fault ??= `${event.type} ${is} at ${from} of ${piece.id}, where ${JSON.stringify(full?.slice(from, from + 60))} is due`;
        return;
      }
      // A snapshot that leaves nothing out mends what was cut: from there on, all of it is due again.
      const isWhole = piece.at === 'start' && !piece.truncated;
      read.set(key, { length: from + piece.text.length, unbroken: before.unbroken || isWhole });
    }
  }
}

/** A whole text, with its id. */
function whole(event: Event): [id: string, text: string] | undefined {
  if (event.type === 'message' && event.message.role === 'assistant')
    return [event.message.id, event.message.content.map(({ text }) => text).join('')];
  return event.type === 'tool.result' ? [event.toolCallId, event.output] : undefined;
}

function pieceOf(event: Event) {
  if (event.type === 'message.delta') return { id: event.messageId, text: event.text, at: 'end' as const };
  if (event.type === 'tool.delta') return { id: event.toolCallId, text: event.text, at: 'end' as const };
  if (event.type === 'message.snapshot') return { id: event.messageId, text: event.text, at: 'start' as const };
  if (event.type !== 'tool.snapshot') return undefined;
  return { id: event.toolCallId, text: event.text, at: 'start' as const, truncated: event.truncated };
}
