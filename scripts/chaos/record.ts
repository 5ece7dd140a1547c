import type { Event } from '@sandgate/api-spec';

/** What a subscriber was shown, in order; a `cut` is where it knows that its connection ended. */
export type Sighting = { event: Event; id?: string | undefined } | 'cut';

/** All that one subscriber saw. */
export class Record {
  readonly who: string;
  readonly sessionId: string;
  /** Where it reads the stream of a turn. */
  turnId: string | undefined;
  /** The number of the last event that it does not want. */
  readonly after: number;
  readonly sightings: Sighting[] = [];
  /** The status of each answer to a request for a stream. */
  readonly statuses: number[] = [];
  /** What it could not make sense of, or why it gave up. */
  readonly complaints: string[] = [];
  lastSeq: number;
  /** Whether the stream has come to its end, as that of a turn does. */
  ended = false;

  constructor(who: string, scope: { sessionId: string; turnId?: string | undefined; after?: number }) {
    this.who = who;
    this.sessionId = scope.sessionId;
    this.turnId = scope.turnId;
    this.after = scope.after ?? 0;
    this.lastSeq = this.after;
  }

  see(event: Event, id?: string): void {
    this.sightings.push({ event, id });
    if ('seq' in event) this.lastSeq = event.seq;
  }

  cut(): void {
    this.sightings.push('cut');
  }

  get events(): Event[] {
    return this.sightings.flatMap((sighting) => (sighting === 'cut' ? [] : sighting.event));
  }

  get path(): string {
    return `/v1/sessions/${this.sessionId}${this.turnId === undefined ? '' : `/turns/${this.turnId}`}/events`;
  }
}
