import { join } from 'node:path';
import { type SandboxChatRequest, textOf } from '@sandgate/api-spec';
import { Conversation } from './conversation.ts';
import { errorFields, log } from './logger.ts';
import { ToolsFile } from './tools/file.ts';
import type { ToolsUser } from './tools/user.ts';
import type { TurnRecords } from './turns.ts';

/**
 * Keeps the conversation, and notes it in the workspace for the agent's eyes: `.sandgate/session-id.txt` and
 * `.sandgate/messages.json`. The notes are the tools' to spoil, so they are never read back.
 */
export class Notes implements TurnRecords {
  readonly #user: ToolsUser;
  readonly #file: string;
  #opened: Conversation | undefined;

  constructor(user: ToolsUser, dataDirectory: string) {
    this.#user = user;
    this.#file = join(dataDirectory, 'conversation.jsonl');
  }

  /** Resolves once the agent can read the notes. A turn does not fail for want of a note. */
  async admitted({ sessionId, messages }: SandboxChatRequest): Promise<void> {
    this.#remember('user', messages.map(textOf));
    await Promise.all([
      this.#write('session-id.txt', `${sessionId}\n`),
      this.#write('messages.json', `${JSON.stringify(this.#conversation.messages, null, 2)}\n`),
    ]);
  }

  ended(said: readonly string[]): void {
    this.#remember('assistant', said);
  }

  /** Read with the first turn: before that the disk may still be restored. */
  get #conversation(): Conversation {
    this.#opened ??= new Conversation(this.#file);
    return this.#opened;
  }

  #remember(role: 'user' | 'assistant', contents: readonly string[]): void {
    try {
      this.#conversation.add(role, contents);
    } catch (error) {
      log('conversation_not_kept', errorFields(error));
    }
  }

  async #write(name: string, text: string): Promise<void> {
    const path = `.sandgate/${name}`;
    const file = new ToolsFile(this.#user, path);
    file.write(Buffer.from(text));
    if (!(await file.end())) log('note_not_written', { path });
  }
}
