import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Event } from '@sandgate/api-spec';
import type { Record } from '../record.ts';
import { Chunked } from './chunked.ts';
import type { Door, Subscribe } from './subscriber.ts';

/** A plain socket with a parser of its own, as small as the standards allow: no code is shared with what is on trial. */
export const subscribeRaw = rawSubscriber(0);

/** The same, but it takes its time over every piece. */
export const subscribeSlowly = rawSubscriber(15);

function rawSubscriber(pauseMs: number): Subscribe {
  return async (door, record, signal) => {
    while (!signal.aborted && !record.ended) {
      const socket = connect(Number(new URL(door.url).port), '127.0.0.1');
      const hangUp = () => socket.destroy();
      signal.addEventListener('abort', hangUp, { once: true });
      try {
        await once(socket, 'connect', { signal }); // One that is hung up on before says nothing.
        await readAnswer(socket, door, record, pauseMs);
      } catch (error) {
        if (error instanceof SyntaxError) throw error;
      }
      signal.removeEventListener('abort', hangUp);
      socket.destroy();
      if (record.ended || record.complaints.length > 0) return;
      record.cut();
      await sleep(100, undefined, { signal }).catch(() => {});
    }
  };
}

/** One request and its answer. @throws where the connection breaks. */
async function readAnswer(socket: Socket, { url, apiKey }: Door, record: Record, pauseMs: number): Promise<void> {
  socket.write(
    `GET ${record.path} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nAuthorization: Bearer ${apiKey}\r\n` +
      `Accept: text/event-stream\r\nConnection: close\r\n${record.lastSeq > 0 ? `Last-Event-ID: ${record.lastSeq}\r\n` : ''}\r\n`,
  );
  const body = new Chunked();
  const lines = new Lines(record);
  let head = '';
  for await (const bytes of socket as AsyncIterable<Buffer>) {
    if (pauseMs > 0) await sleep(pauseMs);
    let rest = bytes;
    if (!head.endsWith('\r\n\r\n')) {
      const text = bytes.toString('latin1');
      const end = (head + text).indexOf('\r\n\r\n');
      if (end < 0) {
        head += text;
        continue;
      }
      rest = bytes.subarray(end + 4 - head.length);
      head = (head + text).slice(0, end + 4);
      const status = Number(head.split(' ')[1]);
      record.statuses.push(status);
      if (status === 204) record.ended = true;
      else if (status !== 200) record.complaints.push(`was refused: ${status}`);
      if (status !== 200) return;
    }
    lines.take(/^transfer-encoding: *chunked\r$/im.test(head) ? body.decode(rest) : rest);
    if (record.ended || body.ended) return;
  }
}

/** Makes events of the lines of a stream (WHATWG HTML 9.2.6), of which the server ends each with a line feed. */
class Lines {
  readonly #record: Record;
  readonly #decoder = new TextDecoder();
  #rest = '';
  #data: string[] = [];
  #id: string | undefined;

  constructor(record: Record) {
    this.#record = record;
  }

  take(bytes: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') this.#dispatch();
      else if (line.startsWith('data: ')) this.#data.push(line.slice(6));
      else if (line.startsWith('id: ')) this.#id = line.slice(4);
      else if (!/^(:|retry: \d+$)/.test(line)) this.#record.complaints.push(`a line that is none: ${line}`);
    }
  }

  #dispatch(): void {
    const [data, id] = [this.#data, this.#id];
    this.#data = [];
    this.#id = undefined;
    if (data.length === 0) {
      if (id !== undefined) this.#record.carry(id);
      return;
    }
    const event: Event = JSON.parse(data.join('\n'));
    Event.parse(event);
    this.#record.see(event, id);
    if (this.#record.turnId !== undefined && event.type === 'complete') this.#record.ended = true;
  }
}
