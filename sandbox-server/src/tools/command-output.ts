import type { OutputStream } from './command.ts';
import { DeltaPacer } from './delta-pacer.ts';
import { Excerpt } from './excerpt.ts';
import { ToolsFile } from './file.ts';
import type { ToolsUser } from './user.ts';

/** How much of the output goes into the result, in UTF-16 units: its beginning and its end. */
export const resultLimit = 64 * 1024;
/** How much is streamed while the command runs, in UTF-16 units. */
export const streamLimit = 1024 * 1024;
/** How much is saved to a file, in bytes, where the result does not hold all. */
export const fileLimit = 16 * 1024 * 1024;
/** How many such files are kept. */
const filesKept = 16;

/** What a command writes: streamed as it comes, cut for the result, and whole in a file where it was cut. */
export class CommandOutput {
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  readonly #excerpt = new Excerpt(resultLimit);
  readonly #deltas: DeltaPacer;
  readonly #user: ToolsUser;
  readonly #path: string;
  #streamed = 0;
  #saved = 0;
  /** What came so far, as long as the result may still hold all of it. */
  #beginning: Uint8Array[] = [];
  #file: ToolsFile | undefined;

  constructor(user: ToolsUser, path: string, onDelta: (stream: OutputStream, text: string) => void) {
    this.#user = user;
    this.#path = path;
    this.#deltas = new DeltaPacer(onDelta);
  }

  add(stream: OutputStream, chunk: Uint8Array): void {
    this.#addText(stream, this.#decoders[stream].decode(chunk, { stream: true }));
    this.#save(chunk);
  }

  /** A word of our own at the end. */
  note(text: string): void {
    this.#excerpt.add(text);
  }

  async end(): Promise<{ output: string; truncated?: true; file?: string }> {
    for (const stream of ['stdout', 'stderr'] as const) this.#addText(stream, this.#decoders[stream].decode());
    this.#deltas.flush();
    const isSaved = (await this.#file?.end()) ?? false;
    const output = this.#excerpt.toString();
    if (this.#excerpt.omitted === 0) return { output };
    return { output, truncated: true, ...(isSaved && { file: this.#path }) };
  }

  #addText(stream: OutputStream, text: string): void {
    this.#excerpt.add(text);
    if (this.#streamed >= streamLimit) return;
    this.#streamed += text.length;
    this.#deltas.add(stream, text);
  }

  #save(chunk: Uint8Array): void {
    const piece = chunk.subarray(0, fileLimit - this.#saved);
    this.#saved += piece.length;
    if (this.#file) this.#file.write(piece);
    else this.#beginning.push(piece);
    if (this.#file || this.#excerpt.omitted === 0) return;
    this.#file = new ToolsFile(this.#user, this.#path, filesKept);
    for (const early of this.#beginning) this.#file.write(early);
    this.#beginning = [];
  }
}
