import type { ChatRequest } from './types.ts';

/** What a caller may say to an agent: a text is one message of the user. */
export type ChatInput = string | ChatRequest;

export function chatRequest(input: ChatInput): ChatRequest {
  return typeof input === 'string' ? { messages: [{ role: 'user', content: input }] } : input;
}
