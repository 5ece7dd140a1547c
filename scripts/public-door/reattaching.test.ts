import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Event, gatewayRoutes, type Turn } from '@sandgate/api-spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abortOrchestrators, addAborter } from '../chaos/aborter.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { call, createSession, eventsOf, eventually, expectCall, only, readUntil, script, untilLetGo } from './door.ts';
import { Receiver } from './receiver.ts';
import { sandboxProcess } from './sandbox-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-reattaching-'));
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ folder, onWorkers: addAborter, vars: { ALLOW_SCRIPTED_AGENT: '1' } });
});
afterAll(async () => {
  await stack?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Leaves a turn to run on its own. */
async function leave(sessionId: string, content: string): Promise<Turn> {
  const headers = { prefer: 'respond-async' };
  return expectCall(stack, 202, gatewayRoutes.chat, { params: { sessionId }, body: script(content), headers });
}

/** A reader of the session's log, until it hangs up or is cut. */
async function follow(sessionId: string, after = 0) {
  const hangUp = new AbortController();
  const headers = { accept: 'text/event-stream' };
  const query = { after: String(after) };
  const options = { params: { sessionId }, headers, query, signal: hangUp.signal };
  const { response } = await call(stack, gatewayRoutes.getEvents, options);
  return { events: eventsOf(response), hangUp: () => hangUp.abort() };
}

async function logOf(sessionId: string): Promise<Event[]> {
  const options = { params: { sessionId } };
  return (await expectCall<{ data: Event[] }>(stack, 200, gatewayRoutes.getEvents, options)).data;
}

/** When the object of a session is called by its alarm, in Unix milliseconds, as it is stored. */
function alarmOf(sessionId: string): number | undefined {
  for (const path of globSync(join(folder, 'data/do/sandgate-Orchestrator/*.sqlite'))) {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const query = database.prepare('SELECT value / 1000000 AS at FROM _cf_METADATA, session WHERE session.id = ?');
      const row = query.get(sessionId);
      if (row) return Number(row.at);
    } catch {
      // Of another kind of object, or being written.
    } finally {
      database.close();
    }
  }
  return undefined;
}

/** What a reader has of the one text of a turn: a delta goes on, a snapshot replaces. */
function textOf(events: Event[]): string {
  let text = '';
  for (const event of events) {
    if (event.type === 'message.delta' || event.type === 'tool.delta') text += event.text;
    if (event.type === 'message.snapshot' || event.type === 'tool.snapshot') text = event.text;
  }
  return text;
}

describe('a turn whose Orchestrator ends in mid-message', () => {
  it('is gone on with where nobody asks for it', async () => {
    await using receiver = await Receiver.start();
    const body = { url: receiver.url, events: ['turn.completed'] };
    await expectCall(stack, 201, gatewayRoutes.createWebhook, { body });
    const { id: sessionId } = await createSession(stack, { permissionMode: 'bypass' });
    const reader = await follow(sessionId);
    const { id: turnId } = await leave(sessionId, `echo first; ${untilLetGo}; echo second`);
    const before = await readUntil(reader.events, 'tool.delta');
    reader.hangUp();
    // The first alarm is of its admission. The next is there only as the turn runs.
    const first = await eventually(async () => alarmOf(sessionId));
    await eventually(async () => (alarmOf(sessionId) ?? first) > first);
    await abortOrchestrators(stack.workers);
    // Not by the gateway: whatever it is asked wakes the object.
    writeFileSync(`/proc/${sandboxProcess(sessionId)}/root/workspace/go`, '');
    const [received] = await receiver.until('turn.completed');
    expect(received?.event.data).toMatchObject({ turnId, stopReason: 'end_turn' });

    const log = await logOf(sessionId);
    expect(log.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    expect(only(log, 'tool.call')).toHaveLength(1);
    expect(only(log, 'tool.result')).toMatchObject([{ isError: false, output: 'first\nsecond\n' }]);
    expect(only(log, 'complete')).toMatchObject([{ turnId, stopReason: 'end_turn' }]);
  });

  it('is shown to its readers to the letter, also what was said before', async () => {
    const { id: sessionId } = await createSession(stack, { agent: 'scripted' });
    const first = await follow(sessionId);
    const message = { id: 'told', role: 'assistant', content: [{ type: 'text', text: 'The first half, the second.' }] };
    // What waits for a person stays in mid-message for as long as it takes; the request is stored behind the first half.
    const { id: turnId } = await leave(
      sessionId,
      JSON.stringify([
        { emit: { type: 'status', status: { state: 'working' } } }, // It is gone on with behind this.
        { emit: { type: 'message.delta', messageId: 'told', text: 'The first ' } },
        { emit: { type: 'message.delta', messageId: 'told', text: 'half, ' } },
        { ask: { tool: 'scripted', title: 'Go on?' } },
        { emit: { type: 'message.delta', messageId: 'told', text: 'the second.' } },
        { emit: { type: 'message', message } },
      ]),
    );
    const before = await readUntil(first.events, 'permission.requested');
    expect(textOf(before)).toBe('The first half, ');
    const request = before.at(-1);
    if (request?.type !== 'permission.requested') throw new Error('nothing was asked');
    await abortOrchestrators(stack.workers);

    const second = await follow(sessionId, request.seq);
    const snapshot = await readUntil(second.events, 'message.snapshot');
    expect(textOf(snapshot)).toBe('The first half, ');
    const answer = { requestId: request.requestId, decision: 'allow' };
    await expectCall(stack, 200, gatewayRoutes.resume, { params: { sessionId }, body: answer });
    const after = await readUntil(second.events, 'complete');
    second.hangUp();
    expect(textOf([...snapshot, ...after])).toBe('The first half, the second.');
    expect(only(after, 'message')).toMatchObject([{ turnId, message }]);
    expect(after.at(-1)).toMatchObject({ turnId, stopReason: 'end_turn' });
    const durable = [...before, ...snapshot, ...after].filter((event) => 'seq' in event);
    const log = await logOf(sessionId);
    expect(durable).toEqual(log.slice(0, durable.length));
  });
});
