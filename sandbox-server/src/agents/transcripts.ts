import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { errorFields, log } from '../logger.ts';

const Ids = z.record(z.string(), z.string());

/**
 * Which conversation of an agent's own program belongs to which session, in a file of the server's own. The transcripts
 * themselves are the program's, in the home of the tools' user, who can read and spoil them: nothing is decided by what
 * they say.
 */
export class Transcripts {
  readonly #file: string;
  readonly #ids: Map<string, string>;
  #isWritten = true;

  /**
   * @param sessionId the one session that the server is for, where it is for one: it goes on with the conversation that
   * is on its disk, also where that was begun by the session that it was forked from.
   */
  constructor(file: string, sessionId?: string) {
    this.#file = file;
    this.#ids = new Map(Object.entries(read(file)));
    const newest = [...this.#ids.values()].at(-1);
    if (sessionId === undefined || newest === undefined || this.#ids.has(sessionId)) return;
    this.#ids.clear();
    this.#ids.set(sessionId, newest);
  }

  of(sessionId: string): string | undefined {
    return this.#ids.get(sessionId);
  }

  begun(sessionId: string, id: string): void {
    if (this.#isWritten && this.#ids.get(sessionId) === id) return;
    this.#ids.set(sessionId, id);
    this.#write();
  }

  lost(sessionId: string): void {
    this.#ids.delete(sessionId);
    this.#write();
  }

  /**
   * A turn does not fail for want of a note, as on a full disk: the program itself still remembers. The next turn writes
   * it again.
   */
  #write(): void {
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(Object.fromEntries(this.#ids)), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
      this.#isWritten = true;
    } catch (error) {
      this.#isWritten = false;
      log('transcript_not_noted', { path: this.#file, ...errorFields(error) });
    }
  }
}

/** No file means no conversation; one that a crash cut off is as good as none. */
function read(file: string): z.infer<typeof Ids> {
  try {
    return Ids.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
