import type { Event } from '@sandgate/api-spec';

/** What a subscriber was shown, in order: an event, an id without any, or a `cut`, where it knows that its connection ended. */
export type Sighting = { event: Event; id?: string | undefined } | { carriedTo: number } | 'cut';

/** What a subscriber reads: all of a session, or one turn; from its beginning, unless it has a cursor. */
export interface Scope {
  sessionId: string;
  turnId?: string | undefined;
  /** The number of the last event that it does not want. */
  after?: number;
  /** The only types that it wants. */
  types?: readonly string[] | undefined;
}

/** All that one subscriber saw. */
export class Record {
  readonly who: string;
  readonly sessionId: string;
  /** Where it reads the stream of a turn. */
  turnId: string | undefined;
  readonly after: number;
  readonly types: readonly string[] | undefined;
  readonly sightings: Sighting[] = [];
  /** The status of each answer to a request for a stream. */
  readonly statuses: number[] = [];
  /** What it could not make sense of, or why it gave up. */
  readonly complaints: string[] = [];
  lastSeq: number;
  /** Whether the stream has come to its end, as that of a turn does. */
  ended = false;

  constructor(who: string, scope: Scope) {
    this.who = scope.types ? `${who} for ${scope.types.join(',')}` : who;
    this.sessionId = scope.sessionId;
    this.turnId = scope.turnId;
    this.after = scope.after ?? 0;
    this.types = scope.types;
    this.lastSeq = this.after;
  }

  see(event: Event, id?: string): void {
    this.sightings.push({ event, id });
    if ('seq' in event) this.lastSeq = event.seq;
  }

  /** An id came alone: what was left out goes up to it. */
  carry(id: string): void {
    this.lastSeq = Number(id);
    this.sightings.push({ carriedTo: this.lastSeq });
  }

  cut(): void {
    this.sightings.push('cut');
  }

  get events(): Event[] {
    return this.sightings.flatMap((sighting) => (sighting !== 'cut' && 'event' in sighting ? sighting.event : []));
  }

  /** Whether it shows ids that come without an event, as no EventSource does. */
  get showsIds(): boolean {
    return /^(raw|slow)/.test(this.who);
  }

  get path(): string {
    const turn = this.turnId === undefined ? '' : `/turns/${this.turnId}`;
    return `/v1/sessions/${this.sessionId}${turn}/events${this.types ? `?types=${this.types.join(',')}` : ''}`;
  }

  /** Whether it has to see this event of its session's log. */
  isDue(event: Event): boolean {
    const isOfTurn = this.turnId === undefined || event.turnId === this.turnId;
    return 'seq' in event && event.seq > this.after && isOfTurn && (this.types?.includes(event.type) ?? true);
  }
}
