import { ApiError } from './errors/api-error.ts';
import { SandgateError } from './errors/sandgate-error.ts';
import { TurnError } from './errors/turn-error.ts';
import { EventStream } from './event-stream.ts';
import type { HttpRequest, RequestOptions, Transport } from './transport.ts';
import type { ErrorEvent, Event, PermissionAnswer, PermissionRequestedEvent, ResumeRequest } from './types.ts';

export interface ChatOptions extends RequestOptions {
  /** Names the turn: a call with the same key follows it and starts no other. Made up unless told. */
  idempotencyKey?: string | undefined;
  /**
   * Answers what the agent asks for while the stream goes on. Nothing returned leaves the request to somebody else;
   * what is thrown here, the stream throws.
   */
  onPermission?:
    | ((request: PermissionRequestedEvent) => PermissionAnswer | undefined | Promise<PermissionAnswer | undefined>)
    | undefined;
}

/**
 * A turn's events until its `complete`. The turn begins when reading does, and goes on when reading stops: only
 * `session.interrupt()` stops it. Can be read once.
 *
 * @example
 * for await (const event of session.chat('echo hello')) {
 *   if (event.type === 'tool.delta') process.stdout.write(event.text);
 * }
 */
export class ChatStream implements AsyncIterable<Event> {
  readonly #events: EventStream;
  readonly #failure = new AbortController();
  #turnId: string | undefined;
  #used = false;

  constructor(
    transport: Transport,
    request: HttpRequest,
    { onPermission, ...options }: ChatOptions,
    resume: (answer: ResumeRequest) => Promise<unknown>,
  ) {
    const { signal } = options;
    const { signal: failed } = this.#failure;
    const answer = async (event: PermissionRequestedEvent) => {
      const decision = await onPermission?.(event);
      if (decision) await resume({ ...decision, requestId: event.requestId });
    };
    this.#events = new EventStream(
      transport,
      {
        request,
        untilComplete: true,
        onOpen: (response) => {
          this.#turnId ??= turnIdOf(response.headers.get('location'));
        },
        onEvent: (event) => {
          if (event.type === 'permission.requested') answer(event).catch((error) => this.#fail(error));
        },
      },
      { ...options, signal: AbortSignal.any(signal ? [signal, failed] : [failed]) },
    );
  }

  /** The turn; undefined until the server has taken it. */
  get turnId(): string | undefined {
    return this.#turnId;
  }

  [Symbol.asyncIterator](): AsyncIterator<Event, void, undefined> {
    if (this.#used) throw new SandgateError('A chat stream can be read once: use session.turns.events() to read again');
    this.#used = true;
    return this.#events[Symbol.asyncIterator]();
  }

  /**
   * Reads to the end and answers what came out: the agent's last message or, where it says nothing itself, the output
   * of its last tool.
   *
   * @throws {TurnError} if the turn ends in failure
   */
  async text(): Promise<string> {
    let said = '';
    let printed = '';
    let failure: ErrorEvent | undefined;
    for await (const event of this) {
      if (event.type === 'message' && event.message.role === 'assistant') said = textOf(event.message) || said;
      if (event.type === 'tool.result') printed = event.output;
      if (event.type === 'error') failure = event;
      if (event.type === 'complete' && event.stopReason === 'error') throw new TurnError(failure);
    }
    return said || printed;
  }

  #fail(error: unknown): void {
    // Somebody else was faster, or time was: the stream says what was decided.
    if (error instanceof ApiError && error.code === 'request_already_resolved') return;
    this.#failure.abort(error);
  }
}

function textOf({ content }: { content: { type: string; text: string }[] }): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** The last part of `/v1/sessions/build-42/turns/turn_01`. */
function turnIdOf(location: string | null): string | undefined {
  const id = location?.split('/').at(-1);
  return id && decodeURIComponent(id);
}
