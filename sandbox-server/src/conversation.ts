import { appendFileSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const Said = z.object({ role: z.enum(['user', 'assistant']), content: z.string() });
type Said = z.infer<typeof Said>;

/** The newest messages only: what is older is in the gateway's log. */
const messagesKept = 200;

/** What was said in this session so far. A line per message in a file of the server's own, so that it outlives a start. */
export class Conversation {
  readonly #file: string;
  #messages: Said[];

  constructor(file: string) {
    this.#file = file;
    this.#messages = readLines(file).slice(-messagesKept);
  }

  get messages(): readonly Said[] {
    return this.#messages;
  }

  add(role: Said['role'], contents: readonly string[]): void {
    if (contents.length === 0) return;
    const said = contents.map((content): Said => ({ role, content }));
    this.#messages = [...this.#messages, ...said].slice(-messagesKept);
    appendFileSync(this.#file, said.map((message) => `${JSON.stringify(message)}\n`).join(''), { mode: 0o600 });
  }
}

/** A crash may have cut the last line off, or left the file away. */
function readLines(file: string): Said[] {
  try {
    return readFileSync(file, 'utf8').split('\n').flatMap(parseLine);
  } catch {
    return [];
  }
}

function parseLine(line: string): Said[] {
  try {
    return [Said.parse(JSON.parse(line))];
  } catch {
    return [];
  }
}
