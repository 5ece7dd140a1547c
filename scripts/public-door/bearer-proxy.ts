import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Door } from './door.ts';

/**
 * Adds the key to what passes, as an EventSource cannot. The first answers are cut in mid-stream: one for each number
 * of bytes that is given.
 */
export async function openBearerProxy({ url, apiKey }: Door, cuts: number[]) {
  const left = [...cuts];
  const server = createServer((asked, answer) => {
    const { host } = new URL(url);
    const headers = { ...asked.headers, host, authorization: `Bearer ${apiKey}` };
    const onward = request(new URL(asked.url ?? '/', url), { method: asked.method ?? 'GET', headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      answer.flushHeaders();
      const isStream = response.headers['content-type']?.startsWith('text/event-stream');
      let budget = isStream ? (left.shift() ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
      response.on('data', (bytes: Buffer) => {
        answer.write(bytes.subarray(0, budget), () => budget <= 0 && answer.destroy());
        budget = Math.max(0, budget - bytes.length); // What comes until it is cut is not passed on.
      });
      response.on('end', () => answer.end());
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    onward.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How many of the cuts were made. */
    get cuts() {
      return cuts.length - left.length;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
