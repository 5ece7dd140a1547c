import { request } from 'node:http';
import type { FuzzedRequest } from './requests.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** All of it, or of a stream what came before it fell silent. */
  body: Buffer;
}

/** How long the answer may take to begin, in milliseconds: longer than anything that waits for a turn. */
const beginLimitMs = 90_000;

/** A stream that says nothing for so long is not waited for, in milliseconds: a log never ends. */
const silenceMs = 150;

/** Sends it as it stands: `fetch` would put right what is wrong. */
export function exchange(url: string, { method, target, headers, body }: FuzzedRequest): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    // A connection of its own: one that the server has just closed is none of its answers.
    const options = { agent: false, host: hostname, port, method, path: target, headers: { ...headers, ...length } };
    const sent = request(options, (response) => {
      sent.setTimeout(0);
      const chunks: Buffer[] = [];
      const answer = (): Answer => ({
        status: response.statusCode ?? 0,
        headers: response.headers as Record<string, string>,
        body: Buffer.concat(chunks),
      });
      const isStream = response.headers['content-type']?.startsWith('text/event-stream');
      const quiet = isStream && setTimeout(() => response.destroy(), silenceMs);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (quiet) quiet.refresh();
      });
      response.on('close', () => {
        if (quiet) clearTimeout(quiet);
        if (isStream || response.complete) resolve(answer());
        else reject(new Error(`The answer to ${method} ${target} broke off: HTTP ${response.statusCode}.`));
      });
    });
    sent.setTimeout(beginLimitMs, () => sent.destroy(new Error(`No answer to ${method} ${target}.`)));
    sent.on('error', reject);
    sent.end(body);
  });
}
