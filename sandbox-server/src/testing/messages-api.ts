import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model does in answer to one request. */
export type ModelReply = Answer | Failure | { /** Says how many lists it was given before. */ recall: true };

interface Answer {
  think?: string;
  say?: string;
  /** Tools that it calls, all in the same answer. */
  use?: { name: string; input: Record<string, unknown> }[];
  /** Sends all of the text, and then nothing any more: the answer never ends. */
  hang?: boolean;
}

interface Failure {
  status: number;
  type: string;
  message: string;
}

interface Request {
  model: string;
  system?: unknown;
  messages: { role: string; content: string | { type: string; text?: string }[] }[];
}

/** A request that the model was asked, as a test looks at it. */
export interface Asked {
  path: string;
  headers: IncomingMessage['headers'];
  body: Request;
}

/**
 * The Messages API of Anthropic (https://docs.anthropic.com/en/api/messages-streaming), without a model: the newest
 * message of the user that is a JSON list of replies says what is answered to it, and then to each result of a tool. It
 * needs nothing but Node, so that it can be put into a sandbox.
 */
export class MessagesApi {
  readonly asked: Asked[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<MessagesApi> {
    const api = new MessagesApi();
    api.#server.listen(0, '127.0.0.1');
    await once(api.#server, 'listening');
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (request.method !== 'POST' || !path.startsWith('/v1/messages')) return void response.writeHead(404).end();
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString()) as Request;
    this.asked.push({ path, headers: request.headers, body });
    const reply = replyTo(body);
    if (!('status' in reply)) return stream(reply, body.model, response);
    const { status, type, message } = reply;
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_stub' });
    response.end(JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_stub' }));
  }
}

/** The script's reply number n, where the model has answered n times since it was given. */
function replyTo({ messages }: Request): Answer | Failure {
  const given = messages.findLastIndex((message) => scriptOf(message) !== undefined);
  const script = messages[given] && scriptOf(messages[given]);
  const answered = messages.slice(given + 1).filter(({ role }) => role === 'assistant').length;
  const reply = script?.[answered] ?? { say: 'There is nothing more to do.' };
  if (!('recall' in reply)) return reply;
  return { say: `I heard ${messages.slice(0, given).filter(scriptOf).length} before.` };
}

/** The agent may put notes of its own before and behind what the user said, as blocks. */
function scriptOf({ role, content }: Request['messages'][number]): ModelReply[] | undefined {
  if (role !== 'user') return undefined;
  const texts = typeof content === 'string' ? [content] : content.flatMap(({ text }) => text ?? []);
  const json = texts.findLast((text) => text.startsWith('[{'));
  return json === undefined ? undefined : JSON.parse(json);
}

let messages = 0;
function stream(reply: Answer, model: string, response: ServerResponse): void {
  const send = (type: string, data: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_stub' });
  const id = `msg_stub_${++messages}`;
  const message = {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
  send('message_start', { message: { ...message, usage: { input_tokens: 12, output_tokens: 1 } } });
  blocksOf(reply).forEach(({ block, deltas }, index) => {
    send('content_block_start', { index, content_block: block });
    for (const delta of deltas) send('content_block_delta', { index, delta });
    if (!reply.hang) send('content_block_stop', { index });
  });
  if (reply.hang) return;
  const stop_reason = reply.use ? 'tool_use' : 'end_turn';
  send('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 7 } });
  send('message_stop', {});
  response.end();
}

function blocksOf({ think, say, use = [] }: Answer): { block: object; deltas: object[] }[] {
  const pieces = (text: string) => text.match(/[\s\S]{1,8}/g) ?? [];
  return [
    ...(think === undefined
      ? []
      : [
          {
            block: { type: 'thinking', thinking: '', signature: '' },
            deltas: [
              ...pieces(think).map((thinking) => ({ type: 'thinking_delta', thinking })),
              { type: 'signature_delta', signature: 'c3R1Yg==' },
            ],
          },
        ]),
    ...(say === undefined
      ? []
      : [{ block: { type: 'text', text: '' }, deltas: pieces(say).map((text) => ({ type: 'text_delta', text })) }]),
    ...use.map(({ name, input }) => ({
      block: { type: 'tool_use', id: `toolu_stub_${++messages}`, name, input: {} },
      deltas: [{ type: 'input_json_delta', partial_json: JSON.stringify(input) }],
    })),
  ];
}
