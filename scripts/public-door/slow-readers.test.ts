import { once } from 'node:events';
import { connect } from 'node:net';
import { type Event, gatewayRoutes, type Session } from '@sandgate/api-spec';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { chat, createSession, eventsOf, expectCall, isDurable, only, script } from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

/** A reader of the session's stream that takes the head of the answer, and then reads no more. */
async function stuckReader(sessionId: string) {
  const { hostname, port } = new URL(door.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.write(
    `GET /v1/sessions/${sessionId}/events HTTP/1.1\r\nhost: ${hostname}:${port}\r\naccept: text/event-stream\r\nauthorization: Bearer ${door.apiKey}\r\n\r\n`,
  );
  const [head] = (await once(socket, 'data')) as [Buffer];
  socket.pause();
  return { socket, head: head.toString() };
}

describe('readers that do not read', () => {
  it('hold up nobody, and find every durable event when they do', async () => {
    const { id: sessionId } = await createSession(door, { agent: 'scripted' });
    const stuck = await Promise.all(Array.from({ length: 20 }, () => stuckReader(sessionId)));
    const steps = Array(40).fill({ burst: { count: 100, textBytes: 2000, everyMs: 0 } });
    const events: Event[] = [];
    for await (const event of eventsOf(await chat(door, sessionId, script(JSON.stringify(steps))))) {
      if (isDurable(event)) events.push(event);
    }
    expect(only(events, 'complete')).toMatchObject([{ stopReason: 'end_turn' }]);
    const spoken = only(events, 'message').filter(({ message }) => message.role === 'assistant');
    expect(spoken.map(({ message }) => message.content[0]?.text.length)).toEqual(Array(40).fill(200_000));
    const { lastSeq } = await expectCall<Session>(door, 200, gatewayRoutes.getSession, { params: { sessionId } });

    for (const { socket, head } of stuck.slice(0, 3)) {
      let text = head;
      socket.setEncoding('utf8');
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.resume();
      while (!text.slice(-2000).includes(`\nid: ${lastSeq}\n`)) await once(socket, 'data');
      const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
      expect(ids.slice(0, lastSeq)).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1));
      socket.pause();
    }
  });
});

describe('a turn that streams more than its sandbox keeps of deltas', () => {
  it('arrives whole, message by message', async () => {
    const { id: sessionId } = await createSession(door, { agent: 'scripted' });
    const steps = Array(45).fill({ burst: { count: 100, textBytes: 4000, everyMs: 0 } });
    const texts = new Map<string, string>();
    let whole = 0;
    for await (const event of eventsOf(await chat(door, sessionId, script(JSON.stringify(steps))))) {
      if (event.type === 'error') throw new Error(event.message);
      if (event.type === 'message.delta') texts.set(event.messageId, (texts.get(event.messageId) ?? '') + event.text);
      if (event.type === 'message.snapshot') texts.set(event.messageId, event.text);
      if (event.type !== 'message' || event.message.role !== 'assistant') continue;
      const text = event.message.content[0]?.text;
      expect(text).toHaveLength(400_000);
      // Where the reader fell behind, the message comes instead of its deltas.
      expect(text?.startsWith(texts.get(event.message.id) ?? '')).toBe(true);
      whole += 1;
    }
    expect(whole).toBe(45);
  });
});
