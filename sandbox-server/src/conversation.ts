import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Excerpt } from './tools/excerpt.ts';

const Said = z.object({ role: z.enum(['user', 'assistant']), content: z.string() });
type Said = z.infer<typeof Said>;

/** How much of the newest is kept, in bytes of its lines: what is older is in the gateway's log. */
const bytesKept = 256 * 1024;
/** How much of one message is kept, in UTF-16 units: as JSON, of up to six bytes each, it fits in any case. */
const messageLimit = 32 * 1024;

/**
 * What was said in this session so far. A line per message in a file of the server's own, so that it outlives a start;
 * the file is written anew when it has grown to twice of what is kept.
 */
export class Conversation {
  readonly #file: string;
  #lines: string[];
  /** At first unknown, and so written anew: a crash may have cut the last line off. So where a write failed. */
  #fileBytes = Number.POSITIVE_INFINITY;

  constructor(file: string) {
    this.#file = file;
    this.#lines = newest(readLines(file));
  }

  get messages(): Said[] {
    return this.#lines.map((line) => JSON.parse(line));
  }

  add(role: Said['role'], contents: readonly string[]): void {
    if (contents.length === 0) return;
    const added = contents.map((content) => lineOf({ role, content: shortened(content) }));
    this.#lines = newest([...this.#lines, ...added]);
    const fileBytes = this.#fileBytes + bytesOf(added);
    this.#fileBytes = Number.POSITIVE_INFINITY; // Unless it is written: on a full disk part of a line may be.
    if (fileBytes <= 2 * bytesKept) {
      appendFileSync(this.#file, added.join(''));
      this.#fileBytes = fileBytes;
    } else this.#rewrite();
  }

  #rewrite(): void {
    writeFileSync(`${this.#file}.new`, this.#lines.join(''), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
    this.#fileBytes = bytesOf(this.#lines);
  }
}

const lineOf = (said: Said) => `${JSON.stringify(said)}\n`;
const bytesOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);

function newest(lines: readonly string[]): string[] {
  let room = bytesKept;
  const tooOld = lines.findLastIndex((line) => {
    room -= Buffer.byteLength(line);
    return room < 0;
  });
  return lines.slice(tooOld + 1);
}

function shortened(content: string): string {
  const excerpt = new Excerpt(messageLimit);
  excerpt.add(content);
  return excerpt.toString();
}

/** A crash may have cut the last line off, or left the file away. */
function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap(parseLine);
  } catch {
    return [];
  }
}

function parseLine(line: string): string[] {
  try {
    return [lineOf(Said.parse(JSON.parse(line)))];
  } catch {
    return [];
  }
}
