import { once } from 'node:events';
import { connect } from 'node:net';

/** How long an answer is waited for where the connection stays open, in milliseconds. */
const limitMs = 20_000;

/** Writes bytes to the port, and answers all that came back until it was closed. No library is in the way. */
export async function writeRaw(url: string, request: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (data) => {
    answer += data.toString('latin1');
  });
  socket.on('error', () => {}); // What came before it is the answer.
  socket.setTimeout(limitMs, () => socket.destroy());
  socket.write(request);
  await once(socket, 'close');
  return answer;
}

export const statusOf = (answer: string) => Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]);

/** How many answers there are: more than one, and a part of a request was taken for another. */
export const answersIn = (text: string) => text.match(/HTTP\/1\.[01] \d{3} /g)?.length ?? 0;
