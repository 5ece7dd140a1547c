import type { ApiPromise } from '../api-promise.ts';
import { type ChatInput, chatRequest } from '../chat-request.ts';
import { type ChatOptions, ChatStream } from '../chat-stream.ts';
import { EventStream } from '../event-stream.ts';
import type { PagePromise } from '../page.ts';
import type { CreateOptions, RequestOptions, Transport } from '../transport.ts';
import type {
  ContainerLogs,
  DurableEvent,
  ForkSession,
  GetLogs,
  HistoryMessage,
  InterruptRequest,
  InterruptResult,
  ListEvents,
  ListMessages,
  ListRequests,
  Request,
  ResumeRequest,
  ResumeResult,
  SessionData,
  UpdateSession,
} from '../types.ts';
import { Files } from './files.ts';
import { Snapshots } from './snapshots.ts';
import { Tokens } from './tokens.ts';
import { type FollowOptions, Turns } from './turns.ts';

const route = '/v1/sessions/{sessionId}';

export interface EventsOptions extends FollowOptions {
  /** Only events of these types. */
  types?: readonly string[] | undefined;
}

/** A computer with an agent and a log: a handle to one session of the server. */
export class Session<Data extends SessionData | undefined = SessionData | undefined> {
  readonly id: string;
  /** What the server said when this handle was made; `get()` asks again. */
  readonly data: Data;
  readonly files: Files;
  readonly snapshots: Snapshots;
  readonly tokens: Tokens;
  readonly turns: Turns;
  readonly #transport: Transport;

  constructor(transport: Transport, id: string, data: Data) {
    this.id = id;
    this.data = data;
    this.files = new Files(transport, id);
    this.snapshots = new Snapshots(transport, id);
    this.tokens = new Tokens(transport, id);
    this.turns = new Turns(transport, id);
    this.#transport = transport;
  }

  /**
   * Gives the agent something to do and streams what it does until it is done, through cuts and reconnections.
   *
   * @example
   * const answer = await session.chat('echo hello').text();
   * @throws {ApiError} while it is read; so {@link ConnectionError} and the signal's reason
   */
  chat(input: ChatInput, options: ChatOptions = {}): ChatStream {
    const json = chatRequest(input);
    const request = this.#transport.stream(`POST ${route}/chat`, { params: this.#params, json }, options);
    const { signal } = options;
    return new ChatStream(this.#transport, request, options, (answer) => this.resume(answer, { signal }));
  }

  /**
   * Answers a request of the agent. The same answer again is fine.
   *
   * @throws {ApiError} `request_already_resolved` if it was answered otherwise
   */
  resume(answer: ResumeRequest, options?: RequestOptions): ApiPromise<ResumeResult> {
    return this.#transport.json(`POST ${route}/resume`, { params: this.#params, json: answer }, options);
  }

  /**
   * Stops the running turn, or the one that is named. Says whether there was something to stop. Where no turn is named,
   * it is not retried unless told: by then the next one might run.
   */
  interrupt(request: InterruptRequest = {}, options?: RequestOptions): ApiPromise<InterruptResult> {
    const input = { params: this.#params, json: request };
    const sent = request.turnId === undefined ? { maxRetries: 0, ...options } : options;
    return this.#transport.json(`POST ${route}/interrupt`, input, sent);
  }

  /** Everything that happens in the session, from the start of its log or after a number, for ever. */
  events({ after, types, ...options }: EventsOptions = {}): EventStream {
    const query = types ? { types: types.join(',') } : {};
    const request = this.#transport.stream(`GET ${route}/events`, { params: this.#params, query });
    return new EventStream(this.#transport, { request, after, untilComplete: false }, options);
  }

  /** The log so far. */
  listEvents(query: ListEvents = {}, options?: RequestOptions): PagePromise<DurableEvent> {
    return this.#transport.pages(`GET ${route}/events`, { params: this.#params, query }, options);
  }

  /** The conversation so far. */
  messages(query: ListMessages = {}, options?: RequestOptions): PagePromise<HistoryMessage> {
    return this.#transport.pages(`GET ${route}/messages`, { params: this.#params, query }, options);
  }

  /** What waits for a person or, with `status`, what was resolved too. */
  requests(query: ListRequests = {}, options?: RequestOptions): PagePromise<Request> {
    return this.#transport.pages(`GET ${route}/requests`, { params: this.#params, query }, options);
  }

  /**
   * Saves the disk and ends the container; what comes next brings it back with its files.
   *
   * @throws {ApiError} `session_busy` while a turn runs; `disk_too_large` or `disk_not_saved`, and it stays awake;
   * `disk_rewound`, once, where the container was killed before all was saved
   */
  sleep(options?: RequestOptions): ApiPromise<SessionData> {
    return this.#transport.json(`POST ${route}/sleep`, { params: this.#params }, options);
  }

  /** Starts the container and restores its disk, ahead of the turn that would. */
  wake(options?: RequestOptions): ApiPromise<SessionData> {
    return this.#transport.json(`POST ${route}/wake`, { params: this.#params }, options);
  }

  /**
   * Opens another session with the disk and the log of this one, as they are now or were at a snapshot.
   *
   * @example
   * const { id: snapshotId } = await session.snapshots.create();
   * const [one, other] = await Promise.all([session.fork({ snapshotId }), session.fork({ snapshotId })]);
   * @throws {ApiError} `session_busy` while a turn runs, unless forked at a snapshot; `fork_limit_reached`
   */
  fork(fork: ForkSession = {}, options?: CreateOptions): ApiPromise<Session<SessionData>> {
    return this.#transport
      .json(`POST ${route}/fork`, { params: this.#params, json: fork }, options)
      .map((data) => new Session(this.#transport, data.id, data));
  }

  /** What became of the session's container: above all, why it did not start. Does not wake it. */
  logs(query: GetLogs = {}, options?: RequestOptions): ApiPromise<ContainerLogs> {
    return this.#transport.json(`GET ${route}/logs`, { params: this.#params, query }, options);
  }

  /** The session as it is now. */
  get(options?: RequestOptions): ApiPromise<SessionData> {
    return this.#transport.json(`GET ${route}`, { params: this.#params }, options);
  }

  /** Changes what is given and leaves the rest. */
  update(changes: UpdateSession, options?: RequestOptions): ApiPromise<SessionData> {
    return this.#transport.json(`PATCH ${route}`, { params: this.#params, json: changes }, options);
  }

  /** Destroys the sandbox, its files and the log. The id stays taken. */
  delete(options?: RequestOptions): ApiPromise<void> {
    return this.#transport.json(`DELETE ${route}`, { params: this.#params }, options);
  }

  get #params(): { sessionId: string } {
    return { sessionId: this.id };
  }
}
