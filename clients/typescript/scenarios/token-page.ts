import { ConnectionError, Sandgate } from '@sandgate/client';

interface Seen {
  text: string;
  requestId: string | undefined;
  /** A browser does not let a page see why another origin refused it. */
  wasKeptFromDeleting: boolean;
}

/** What a page does with a token for one session. */
export async function work(baseUrl: string, token: string, sessionId: string, script: string): Promise<Seen> {
  const session = new Sandgate({ baseUrl, apiKey: token, maxRetries: 0 }).sessions.handle(sessionId);
  const chat = session.chat(script);
  const text = await chat.text();
  const refusal: unknown = await session.delete().catch((error: unknown) => error);
  return { text, requestId: chat.response?.requestId, wasKeptFromDeleting: refusal instanceof ConnectionError };
}
