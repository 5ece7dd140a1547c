/** How much earlier than asked an alarm may come, in milliseconds. */
const slackMs = 10_000;

/**
 * The one alarm of an object. Each change of it is a write, so that one that comes a little early is left as it is:
 * whoever it wakes looks what is due, and sets it anew.
 */
export class Alarm {
  readonly #storage: Pick<DurableObjectStorage, 'setAlarm' | 'deleteAlarm'>;
  /** When it comes, in Unix milliseconds; null where there is none, undefined where nobody knows. */
  #at: number | null | undefined;

  constructor(storage: Pick<DurableObjectStorage, 'setAlarm' | 'deleteAlarm'>) {
    this.#storage = storage;
  }

  /** @param at in Unix milliseconds; null for none. */
  async set(at: number | null): Promise<void> {
    const before = this.#at;
    if (at === before) return;
    if (at && before && before > Date.now() && before <= at && before >= at - slackMs) return;
    this.#at = at;
    await (at === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(at));
  }

  /** It came, or went with all that was stored. */
  gone(): void {
    this.#at = null;
  }
}
