import { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClientConnection,
  type CreateElicitationRequest,
  type CreateElicitationResponse,
  client,
  type InitializeResponse,
  type McpCapabilities,
  type McpServer,
  methods,
  type NewSessionResponse,
  ndJsonStream,
  PROTOCOL_VERSION,
  type PromptResponse,
  RequestError,
  type RequestPermissionRequest,
  type RequestPermissionResponse,
  type SessionModeState,
  type SessionUpdate,
} from '@agentclientprotocol/sdk';
import type { AgentOptions } from '@sandgate/api-spec';
import { AgentFailure } from '../../agent.ts';
import { errorFields, log } from '../../logger.ts';
import { endProcessGroup } from '../../tools/process-group.ts';
import { type Program, startProgram } from '../../tools/program.ts';
import type { ToolsUser } from '../../tools/user.ts';
import type { Transcript } from '../transcripts.ts';

/** How long an agent may take to say what it can, and to begin a conversation. */
const startMs = 60_000;
/** How long a program may take to end after it has closed its output. */
const lingerMs = 500;

/** Whoever hears what the agent says: the turn that runs. */
export interface Listener {
  onUpdate(update: SessionUpdate): void;
  onPermission(request: RequestPermissionRequest): Promise<RequestPermissionResponse>;
  onQuestions(request: CreateElicitationRequest): Promise<CreateElicitationResponse>;
}

/** How an agent says that it knows no such conversation: "resource not found" or, as some have it, "invalid params". */
const unknownCodes = [-32002, -32602];

/** A conversation to go on with. */
export interface Before extends Transcript {
  /** Whether the agent refused it last time. */
  wasRefused: boolean;
}

/** The agent did not go on with a conversation that it may still have. */
export class NotResumed extends Error {
  override readonly name = 'NotResumed';
  /** What it said; nothing where it ended, or did not answer. */
  readonly refusal: RequestError | undefined;

  constructor(cause: unknown) {
    super('The agent did not go on with its conversation.', { cause });
    this.refusal = cause instanceof RequestError ? cause : undefined;
  }
}

/** Some start in a mode that asks nobody; the first of these that it has asks. */
const askingModes = ['default', 'read-only'];

/** The agent's own program, and one conversation with it. It offers the agent no files and no terminals of ours. */
export class AcpConnection {
  readonly #program: Program;
  readonly #connection: ClientConnection;
  /** Its exit code, if it ended by itself. */
  readonly #exited: Promise<number | undefined>;
  readonly #options: AgentOptions;
  readonly #workspace: string;
  listener: Listener | undefined;
  #sessionId = '';
  #modeId: string | undefined;
  #isResuming = false;

  private constructor(user: ToolsUser, options: AgentOptions) {
    this.#options = options;
    this.#workspace = user.workspace;
    this.#program = startProgram(user, options.command as string, options.args ?? []);
    this.#connection = client({ name: 'sandgate' })
      .onNotification(methods.client.session.update, ({ params }) => this.listener?.onUpdate(params.update))
      .onRequest(methods.client.session.requestPermission, ({ params }) => this.#permission(params))
      .onRequest(methods.client.elicitation.create, ({ params }) => this.#questions(params))
      .connect(
        ndJsonStream(
          Writable.toWeb(this.#program.stdin),
          Readable.toWeb(this.#program.stdout) as ReadableStream<Uint8Array>,
        ),
      );
    this.#exited = new Promise((resolve) => this.#program.once('exit', (code) => resolve(code ?? undefined)));
    void this.#exited.then(() => this.#connection.close());
  }

  /**
   * @param before the conversation to go on with, if the agent can.
   * @param signal ends the attempt.
   * @throws {NotResumed} if it did not, and may still know it.
   * @throws {AgentFailure} `agent_not_started`.
   */
  static async open(
    user: ToolsUser,
    options: AgentOptions,
    before: Before | undefined,
    signal: AbortSignal,
  ): Promise<AcpConnection> {
    const acp = new AcpConnection(user, options);
    try {
      await Promise.race([acp.#begin(before), givenUp(signal)]);
      return acp;
    } catch (cause) {
      const code = acp.isOpen ? undefined : await Promise.race([acp.#exited, sleep(lingerMs)]);
      await acp.close();
      if (acp.#isResuming && !signal.aborted) throw new NotResumed(cause);
      const why = code === undefined ? (cause as Error).message : `it ended with ${code}`;
      const message = `The program "${options.command}" did not start as an agent: ${why}.`;
      throw new AgentFailure('agent_not_started', message, { cause });
    }
  }

  get sessionId(): string {
    return this.#sessionId;
  }

  /** The mode that it is in, where it has one that asks. */
  get modeId(): string | undefined {
    return this.#modeId;
  }

  get isOpen(): boolean {
    return !this.#connection.signal.aborted;
  }

  async prompt(texts: readonly string[]): Promise<string> {
    const prompt = texts.map((text) => ({ type: 'text' as const, text }));
    const params = { sessionId: this.#sessionId, prompt };
    const { stopReason } = await this.#connection.agent.request<PromptResponse>(methods.agent.session.prompt, params);
    return stopReason;
  }

  cancel(): Promise<void> {
    return this.#connection.agent.notify(methods.agent.session.cancel, { sessionId: this.#sessionId });
  }

  async close(): Promise<void> {
    this.#connection.close();
    if (this.#program.pid !== undefined) await endProcessGroup(this.#program.pid);
  }

  async #begin(before: Before | undefined): Promise<void> {
    const { agent } = this.#connection;
    const able = await agent.request(methods.agent.initialize, {
      protocolVersion: PROTOCOL_VERSION,
      clientCapabilities: {
        fs: { readTextFile: false, writeTextFile: false },
        terminal: false,
        elicitation: { form: {} },
      },
      clientInfo: { name: 'sandgate', version: '1' },
    });
    const modes = await this.#session(able, before);
    const modeId = askingModes.find((mode) => modes?.availableModes.some(({ id }) => id === mode));
    if (modeId !== undefined) await this.#enter(modeId, modes?.currentModeId);
  }

  async #session(able: InitializeResponse, before: Before | undefined): Promise<SessionModeState | null | undefined> {
    const { agent } = this.#connection;
    const { sessionCapabilities, loadSession, mcpCapabilities } = able.agentCapabilities ?? {};
    const params = { cwd: this.#workspace, mcpServers: mcpServersOf(this.#options, mcpCapabilities) };
    // Both go on with it; the second tells all of it again, to nobody.
    const way = sessionCapabilities?.resume ? 'resume' : loadSession ? 'load' : undefined;
    if (before !== undefined && way !== undefined)
      try {
        this.#isResuming = true;
        const { modes } = (await agent.request(methods.agent.session[way], { ...params, sessionId: before.id })) ?? {};
        this.#sessionId = before.id;
        // It need not name its modes again, whichever it starts in.
        if (!modes && before.modeId !== undefined) await this.#enter(before.modeId).catch(refusedMode);
        this.#isResuming = false;
        return modes;
      } catch (error) {
        const isLost = error instanceof RequestError && (before.wasRefused || unknownCodes.includes(error.code));
        if (!isLost) throw error;
        this.#isResuming = false;
        log('acp_session_lost', errorFields(error));
      }
    const created = await agent.request<NewSessionResponse>(methods.agent.session.new, params);
    this.#sessionId = created.sessionId;
    return created.modes;
  }

  async #enter(modeId: string, current?: string): Promise<void> {
    if (modeId !== current)
      await this.#connection.agent.request(methods.agent.session.setMode, { sessionId: this.#sessionId, modeId });
    this.#modeId = modeId;
  }

  async #permission(request: RequestPermissionRequest): Promise<RequestPermissionResponse> {
    return (await this.listener?.onPermission(request)) ?? { outcome: { outcome: 'cancelled' } };
  }

  async #questions(request: CreateElicitationRequest): Promise<CreateElicitationResponse> {
    return (await this.listener?.onQuestions(request)) ?? { action: 'cancel' };
  }
}

/** Whatever its code, it says nothing of the conversation: that was gone on with. */
function refusedMode(error: Error): never {
  throw new Error(`it did not go back into the mode in which it asks: ${error.message}`, { cause: error });
}

/** A program that speaks something else may wait for ever. */
function givenUp(signal: AbortSignal): Promise<never> {
  const giveUp = AbortSignal.any([signal, AbortSignal.timeout(startMs)]);
  return new Promise((_, reject) => {
    const stop = () => reject(new Error(`it did not answer within ${startMs / 1_000} s`));
    if (giveUp.aborted) stop();
    giveUp.addEventListener('abort', stop, { once: true });
  });
}

/** @throws where the agent cannot reach one of them, which it says itself. */
function mcpServersOf({ mcpServers = {} }: AgentOptions, able: McpCapabilities = {}): McpServer[] {
  return Object.entries(mcpServers).map(([name, server]) => {
    if ('command' in server) return { name, command: server.command, args: server.args ?? [], env: [] };
    const { type = 'http', url, headers = {} } = server;
    if (!able[type]) throw new Error(`it reaches no MCP servers by ${type}, as "${name}" is`);
    return { type, name, url, headers: Object.entries(headers).map(([header, value]) => ({ name: header, value })) };
  });
}
