/** What a request waited for: to know who calls, for the session's object, for its sandbox, for its turn's first event. */
export type Phase = 'auth' | 'orchestrator' | 'sandbox' | 'first_event';

/** How long the phases of one request took, in milliseconds. A phase that comes twice counts twice. */
export class Phases {
  readonly #took = new Map<Phase, number>();

  add(phase: Phase, ms: number): void {
    this.#took.set(phase, (this.#took.get(phase) ?? 0) + ms);
  }

  addAll(phases: Partial<Record<Phase, number>>): void {
    for (const [phase, ms] of Object.entries(phases)) this.add(phase as Phase, ms);
  }

  async measure<T>(phase: Phase, work: () => Promise<T>): Promise<T> {
    const began = Date.now();
    try {
      return await work();
    } finally {
      this.add(phase, Date.now() - began);
    }
  }

  toRecord(): Record<string, number> {
    return Object.fromEntries(this.#took);
  }

  /** For `Server-Timing` (W3C Server Timing, section 3). */
  toHeader(): string {
    return [...this.#took].map(([phase, ms]) => `${phase};dur=${ms}`).join(', ');
  }
}
