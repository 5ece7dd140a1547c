import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { RequestOption, Usage } from '@sandgate/api-spec';
import { z } from 'zod';

const ParkedTurn = z.object({
  turnId: z.string(),
  /** The request that it waits with. */
  requestId: z.string(),
  options: z.array(RequestOption),
  /** The number of its last frame. */
  cursor: z.int(),
  /** What the assistant said so far, message by message. */
  said: z.array(z.string()),
  usage: Usage.optional(),
  /** What the agent left to go on with. */
  state: z.unknown(),
});
export type ParkedTurn = z.infer<typeof ParkedTurn>;

/**
 * Where the turn is that waits for a person and has no process: a file of the server's own, which is saved with the disk
 * and so outlives the container. The tools can neither read nor write it.
 */
export class ParkingPlace {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** The turn, if it is parked here and waits with this request: an answer is for nothing else. */
  find(turnId: string, requestId: string): ParkedTurn | undefined {
    const parked = this.#read();
    return parked?.turnId === turnId && parked.requestId === requestId ? parked : undefined;
  }

  put(turn: ParkedTurn): void {
    writeFileSync(`${this.#file}.new`, JSON.stringify(turn), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }

  /** Before anything of a turn is done: what is not there any more cannot be done twice. */
  clear(): void {
    rmSync(this.#file, { force: true });
  }

  /** No file means no turn; one that a crash cut off is as good as none. */
  #read(): ParkedTurn | undefined {
    try {
      return ParkedTurn.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return undefined;
    }
  }
}
