import type { ResponseHead } from './api-promise.ts';
import { ApiError } from './errors/api-error.ts';
import { SandgateError } from './errors/sandgate-error.ts';
import { TurnError } from './errors/turn-error.ts';
import { EventStream } from './event-stream.ts';
import type { CreateOptions, HttpRequest, Transport } from './transport.ts';
import type {
  CompleteEvent,
  ErrorEvent,
  Event,
  Message,
  PermissionAnswer,
  PermissionRequestedEvent,
  ResumeRequest,
} from './types.ts';

export interface ChatOptions extends CreateOptions {
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
  #message: Message | undefined;
  #output = '';
  #error: ErrorEvent | undefined;
  #complete: CompleteEvent | undefined;

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
          this.#take(event);
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

  /** How the server answered when the stream was opened, or opened again after a cut; undefined before. */
  get response(): ResponseHead | undefined {
    return this.#events.response;
  }

  /**
   * The agent's last message that has a text; undefined where it says nothing itself. Reads to the end, unless that was
   * done.
   *
   * @throws {TurnError} if the turn ends in failure
   */
  async finalMessage(): Promise<Message | undefined> {
    await this.#finish();
    return this.#message;
  }

  /**
   * What came out: the agent's last message or, where it says nothing itself, the output of its last tool. Reads to the
   * end, unless that was done.
   *
   * @throws {TurnError} if the turn ends in failure
   */
  async text(): Promise<string> {
    await this.#finish();
    return this.#message ? textOf(this.#message) : this.#output;
  }

  #take(event: Event): void {
    if (event.type === 'message' && event.message.role === 'assistant' && textOf(event.message))
      this.#message = event.message;
    if (event.type === 'tool.result') this.#output = event.output;
    if (event.type === 'error') this.#error = event;
    if (event.type === 'complete') this.#complete = event;
  }

  async #finish(): Promise<void> {
    if (!this.#used) for await (const _ of this);
    if (!this.#complete) throw new SandgateError('The chat stream was not read to its end');
    if (this.#complete.stopReason === 'error') throw new TurnError(this.#error);
  }

  #fail(error: unknown): void {
    // Somebody else was faster, or time was: the stream says what was decided.
    if (error instanceof ApiError && error.code === 'request_already_resolved') return;
    this.#failure.abort(error);
  }
}

function textOf({ content }: Message): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** The last part of `/v1/sessions/build-42/turns/turn_01`. */
function turnIdOf(location: string | null): string | undefined {
  const id = location?.split('/').at(-1);
  return id && decodeURIComponent(id);
}
