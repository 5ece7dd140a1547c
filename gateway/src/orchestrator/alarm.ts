/** How much earlier than asked an alarm may come, and how soon one that nobody needs, in milliseconds. */
const slackMs = 10_000;

/**
 * The one alarm of an object. Each change of it is a write, and one that makes it come sooner a second, which all else
 * waits for. So one that comes a little early is left as it is, and one that nobody needs any more where it comes soon:
 * whoever it wakes looks what is due, and sets it anew.
 */
export class Alarm {
  readonly #storage: Pick<DurableObjectStorage, 'setAlarm' | 'deleteAlarm'>;
  /** When it comes, in Unix milliseconds; null where there is none, undefined where nobody knows. */
  #at: number | null | undefined;
  /** Whether it is there only for what is being done since it came. */
  #isGuard = false;

  constructor(storage: Pick<DurableObjectStorage, 'setAlarm' | 'deleteAlarm'>) {
    this.#storage = storage;
  }

  /** @param at in Unix milliseconds; null for none. */
  async set(at: number | null): Promise<void> {
    const before = this.#at;
    if (at === before) return;
    const now = Date.now();
    if (at && before && before > now && before <= at && before >= at - slackMs) return;
    if (at === null && before && before > now && before <= now + slackMs && !this.#isGuard) return;
    this.#at = at;
    this.#isGuard = false;
    await (at === null ? this.#storage.deleteAlarm() : this.#storage.setAlarm(at));
  }

  /** It came, or went with all that was stored. */
  gone(): void {
    this.#at = null;
  }

  /** Sets it for what is done now that it came, should that fail. It does not come again only to find nothing. */
  async guard(at: number): Promise<void> {
    await this.set(at);
    this.#isGuard = true;
  }
}
