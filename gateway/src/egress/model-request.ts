import { ModelRefusal } from './model-refusal.ts';

/** The largest request, in bytes: what the Messages API takes. */
const sizeLimit = 32 * 1024 * 1024;

/** How many bytes of a request are taken for a token, to see whether it fits a budget. */
const bytesPerToken = 3;

/** The calls that are passed on. */
const paths = new Set(['/v1/messages', '/v1/messages/count_tokens']);

/** The headers that are passed on; keys and cookies are not among them. */
const headerNames = ['accept', 'anthropic-beta', 'anthropic-version', 'content-type', 'user-agent'];

/** Tools that the client runs itself, by their type; any other is run by the provider. */
const clientTools = /^(custom|((bash|text_editor|computer|memory)_\d{8})|tool_search_tool_\w+)$/;

interface Block {
  type?: unknown;
  source?: { type?: unknown; content?: unknown };
  content?: unknown;
}

/** A call of the model, as it may be passed on. */
export interface ModelRequest {
  /** With its query. */
  path: string;
  headers: Headers;
  body: string;
  model: string;
  /** The most that it may use, roughly. */
  largest: { input: number; output: number };
  /** Whether the model answers, and is not only asked to count. */
  isCall: boolean;
}

/**
 * Reads a request of a sandbox to its model.
 *
 * @throws ModelRefusal where it is no call of the Messages API, or asks the provider to reach out: to fetch an address, to
 *   search, to run code, to open a file of the account. That would be a way out of the sandbox, past its policy.
 */
export async function readModelRequest(request: Request): Promise<ModelRequest> {
  const { pathname, searchParams } = new URL(request.url);
  if (request.method !== 'POST' || !paths.has(pathname))
    throw new ModelRefusal(
      'not_found_error',
      'Only POST /v1/messages and /v1/messages/count_tokens are answered here.',
    );
  const call = parse(await boundedText(request));
  requireWithin(call);
  const body = JSON.stringify(call); // As it was read here: a name that comes twice could be read otherwise elsewhere.
  const headers = new Headers();
  for (const name of headerNames) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return {
    path: searchParams.get('beta') === 'true' ? `${pathname}?beta=true` : pathname,
    headers,
    body,
    model: typeof call.model === 'string' ? call.model : '',
    largest: { input: Math.ceil(body.length / bytesPerToken), output: maxTokens(call.max_tokens) },
    isCall: pathname === '/v1/messages',
  };
}

async function boundedText(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > sizeLimit) throw new ModelRefusal('request_too_large', 'The request is larger than 32 MiB.');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new ModelRefusal('invalid_request_error', 'The body is not a JSON object.');
}

function maxTokens(value: unknown): number {
  return typeof value === 'number' && value > 0 ? value : 0;
}

function requireWithin({ mcp_servers, container, tools, messages, system }: Record<string, unknown>): void {
  if (isGiven(mcp_servers)) throw reachesOut('mcp_servers');
  if (isGiven(container)) throw reachesOut('container');
  for (const { type } of listOf<{ type?: unknown }>(tools))
    if (type !== undefined && type !== null && !clientTools.test(String(type))) throw reachesOut(`the tool "${type}"`);
  requireOwnBlocks(system);
  for (const { content } of listOf<Block>(messages)) requireOwnBlocks(content);
}

function requireOwnBlocks(blocks: unknown): void {
  for (const block of listOf<Block>(blocks)) {
    if (block.type === 'container_upload') throw reachesOut('container_upload');
    const kind = block.source?.type;
    if (block.source && typeof block.source === 'object' && !['base64', 'text', 'content'].includes(String(kind)))
      throw reachesOut(`a source of the type "${kind}"`);
    requireOwnBlocks(block.source?.content);
    if (block.type === 'tool_result') requireOwnBlocks(block.content);
  }
}

function listOf<T extends object>(value: unknown): T[] {
  return Array.isArray(value) ? value.filter((item): item is T => typeof item === 'object' && item !== null) : [];
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function reachesOut(what: string): ModelRefusal {
  return new ModelRefusal(
    'permission_error',
    `A sandbox may not have the provider reach out for it: ${what} is refused.`,
  );
}
