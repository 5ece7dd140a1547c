import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiError, CreateSession, Event, Sandgate, Session } from '@sandgate/client';
import { MessagesApi } from '../../../sandbox-server/src/testing/messages-api.ts';
import { claudeStack } from '../../claude/stack-options.ts';
import { startStack } from '../../dev/stack.ts';
import { sandboxProcess } from '../../public-door/sandbox-process.ts';
import { createClient } from '../client.ts';
import { family, memory } from '../machine.ts';
import { quantile, type Row } from '../row.ts';

/** How often in a round an agent is greeted that is there. */
const greetings = 5;

/** The least there is: an agent that waits for so long gives up its process. */
const idleTimeoutSeconds = 10;

interface Subject {
  session: CreateSession;
  /** A message that has it say or do something at once, and one that has it ask first. */
  greeting: string;
  asking: string;
  parks: boolean;
}

const bash = { use: [{ name: 'Bash', input: { command: 'echo hello' } }] };
const acpProgram = readFileSync(join(import.meta.dirname, '../../public-door/acp-agent.js'), 'utf8');

const speak = { burst: { count: 1, textBytes: 5, everyMs: 0 } };
/** The agents, by name. Claude's model is a script of ours that answers at once, and so is the whole of the ACP agent. */
const subjects: Record<string, Subject> = {
  shell: { session: { agent: 'shell' }, greeting: 'echo hello', asking: 'echo hello', parks: true },
  scripted: {
    session: { agent: 'scripted' },
    greeting: JSON.stringify([speak]),
    asking: JSON.stringify([{ ask: { tool: 'shell', title: 'Go on' } }, speak]),
    parks: true,
  },
  acp: {
    session: {
      agent: 'acp',
      agentOptions: { command: '/usr/local/bin/node', args: ['--input-type=module', '-e', acpProgram] },
    },
    greeting: 'hello',
    asking: 'hello',
    parks: false,
  },
  claude: {
    session: { agent: 'claude' },
    greeting: JSON.stringify([{ say: 'Hello.' }]),
    asking: JSON.stringify([bash, { say: 'Done.' }]),
    parks: true,
  },
};

export const agentNames = Object.keys(subjects);

/** What each agent costs: until it says something, in memory, and until it goes on with what it was parked over. */
export async function* agents({ folder, rounds }: { folder: string; rounds: number }): AsyncGenerator<Row> {
  const model = await MessagesApi.start();
  const options = claudeStack(folder, model);
  const vars = { ...options.vars, ALLOW_SCRIPTED_AGENT: '1', REQUEST_LIMIT: '1000000' };
  const stack = await startStack({ ...options, vars });
  const rows: Record<keyof Measured, Row> = {
    cold: { what: 'new session → first event of the agent', unit: 'ms', digits: 0, values: {} },
    warm: { what: 'chat → first event of the agent, warm, p50', unit: 'ms', digits: 0, values: {} },
    idle: { what: 'memory of the processes in the sandbox, between turns', unit: 'MB', digits: 0, values: {} },
    waiting: { what: 'the same, while a request waits', unit: 'MB', digits: 0, values: {} },
    woken: { what: 'answer → the agent goes on, parked and asleep', unit: 'ms', digits: 0, values: {} },
  };
  try {
    for (let round = 0; round < rounds; round += 1)
      for (const [name, subject] of Object.entries(subjects))
        for (const [what, value] of Object.entries(await measure(createClient({ stack }), subject))) {
          const { values } = rows[what as keyof Measured];
          values[name] = [...(values[name] ?? []), value];
        }
  } finally {
    await stack.close();
    await model.stop();
  }
  yield* Object.values(rows);
}

interface Measured {
  cold: number;
  warm: number;
  idle: number;
  waiting: number;
  woken?: number;
}

async function measure(client: Sandgate, { session: options, greeting, asking, parks }: Subject): Promise<Measured> {
  const began = performance.now();
  const session = await client.sessions.create({ ...options, permissionMode: 'bypass', idleTimeoutSeconds });
  try {
    await greet(session, greeting);
    const cold = performance.now() - began;
    const waits: number[] = [];
    for (let time = 0; time < greetings; time += 1) waits.push(await greet(session, greeting));
    const held = () => memory(family(sandboxProcess(session.id) as number)) / 1e6;
    const idle = held();
    await session.update({ permissionMode: 'ask' });
    const events = session.chat(asking)[Symbol.asyncIterator]();
    const request = await until(events, ({ type }) => type === 'permission.requested');
    const waiting = held();
    const measured = { cold, warm: quantile(waits, 0.5), idle, waiting };
    if (!parks || request.type !== 'permission.requested') return measured;
    await park(session);
    const answered = performance.now();
    await session.resume({ requestId: request.requestId, decision: 'allow' });
    await until(events, isAgents);
    return { ...measured, woken: performance.now() - answered };
  } finally {
    await session.delete();
  }
}

/** Milliseconds until the agent says or does something; waits for the end of the turn. */
async function greet(session: Session, greeting: string): Promise<number> {
  const began = performance.now();
  let first: number | undefined;
  let last: Event | undefined;
  for await (const event of session.chat(greeting)) {
    if (isAgents(event)) first ??= performance.now() - began;
    last = event;
  }
  if (first === undefined) throw new Error(`The agent said nothing: ${JSON.stringify(last)}`);
  return first;
}

/** Not what was said to it, nor what the gateway says. */
function isAgents(event: Event): boolean {
  if (event.type === 'message') return event.message.role === 'assistant';
  return /^(message|tool)\./.test(event.type);
}

/** Has the sandbox sleep as soon as nothing of the turn runs: until then that is refused. */
async function park(session: Session): Promise<void> {
  for (;;) {
    const refused = await session.sleep().then(
      () => undefined,
      (error: ApiError) => error,
    );
    if (!refused) return;
    if (refused.code !== 'session_busy') throw refused;
    await sleep(200);
  }
}

async function until(events: AsyncIterator<Event>, isIt: (event: Event) => boolean): Promise<Event> {
  let last: Event | undefined;
  for (let next = await events.next(); !next.done; next = await events.next()) {
    if (isIt(next.value)) return next.value;
    last = next.value;
  }
  throw new Error(`The turn ended before that: ${JSON.stringify(last)}`);
}
