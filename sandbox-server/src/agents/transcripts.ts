import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { errorFields, log } from '../logger.ts';

const Transcript = z.object({
  id: z.string(),
  /** The mode that its agent was put into. */
  modeId: z.string().optional(),
});
export type Transcript = z.infer<typeof Transcript>;

/** By session; an earlier version noted no more than the id. */
const Notes = z.record(z.string(), Transcript.or(z.string().transform((id) => ({ id }))));

/**
 * Which conversation of an agent's own program belongs to which session, in a file of the server's own. The transcripts
 * themselves are the program's, in the home of the tools' user, who can read and spoil them: nothing is decided by what
 * they say.
 */
export class Transcripts {
  readonly #file: string;
  readonly #notes: Map<string, Transcript>;
  #isWritten = true;

  /**
   * @param sessionId the one session that the server is for, where it is for one: it goes on with the conversation that
   * is on its disk, also where that was begun by the session that it was forked from.
   */
  constructor(file: string, sessionId?: string) {
    this.#file = file;
    this.#notes = new Map(Object.entries(read(file)));
    const newest = [...this.#notes.values()].at(-1);
    if (sessionId === undefined || newest === undefined || this.#notes.has(sessionId)) return;
    this.#notes.clear();
    this.#notes.set(sessionId, newest);
  }

  of(sessionId: string): Transcript | undefined {
    return this.#notes.get(sessionId);
  }

  begun(sessionId: string, { id, modeId }: Transcript): void {
    const before = this.#notes.get(sessionId);
    if (this.#isWritten && before?.id === id && before.modeId === modeId) return;
    this.#notes.set(sessionId, { id, modeId });
    this.#write();
  }

  lost(sessionId: string): void {
    this.#notes.delete(sessionId);
    this.#write();
  }

  /**
   * A turn does not fail for want of a note, as on a full disk: the program itself still remembers. The next turn writes
   * it again.
   */
  #write(): void {
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(Object.fromEntries(this.#notes)), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
      this.#isWritten = true;
    } catch (error) {
      this.#isWritten = false;
      log('transcript_not_noted', { path: this.#file, ...errorFields(error) });
    }
  }
}

/** No file means no conversation; one that a crash cut off is as good as none. */
function read(file: string): z.infer<typeof Notes> {
  try {
    return Notes.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
