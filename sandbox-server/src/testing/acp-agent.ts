import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import {
  type AgentContext,
  agent,
  type ElicitationPropertySchema,
  type McpServer,
  methods,
  ndJsonStream,
  RequestError,
} from '@agentclientprotocol/sdk';

/**
 * A small agent that speaks the Agent Client Protocol on its standard input and output, without a model: a message that
 * is a JSON list of steps says what it does. Its arguments say what it can: `keeps` its conversations in a file, and then
 * `omits` its modes as it goes on with one; `reaches` MCP servers by HTTP and SSE. The file `mini-load` says how it fails
 * to go on with a conversation: the code of an error, `exit` or `hang`.
 */
type Step =
  | { think?: string; say?: string; hang?: boolean }
  | { run: string[] }
  | { recall: true }
  | { ask: { message: string; fields: Record<string, ElicitationPropertySchema>; required?: string[] } }
  | { tell: 'mode' | 'mcpServers' }
  | { stop: 'max_turn_requests' | 'max_tokens' | 'refusal' | 'cancelled' }
  | { fail: string }
  | { exit: number };

const cancels = new Map<string, AbortController>();
/** How much was said so far, by session: this agent remembers. */
const heard: Record<string, number> = {};
const told: { mode: string; mcpServers: McpServer[] } = { mode: 'auto', mcpServers: [] };
const keeps = process.argv.includes('keeps');
const reaches = process.argv.includes('reaches');
const omits = process.argv.includes('omits');
const file = 'mini-sessions.json';
const modes = () => ({
  currentModeId: told.mode,
  availableModes: ['auto', 'read-only'].map((id) => ({ id, name: id })),
});

const app = agent({ name: 'mini' })
  .onRequest(methods.agent.initialize, () => ({
    protocolVersion: 1,
    agentCapabilities: { loadSession: keeps, mcpCapabilities: { http: reaches, sse: reaches } },
  }))
  .onRequest(methods.agent.session.new, ({ params }) => {
    const sessionId = randomUUID();
    heard[sessionId] = 0;
    told.mcpServers = params.mcpServers;
    return { sessionId, modes: modes() };
  })
  .onRequest(methods.agent.session.load, async ({ params: { sessionId }, client }) => {
    const trouble = existsSync('mini-load') && readFileSync('mini-load', 'utf8').trim();
    if (trouble === 'exit') process.exit(3);
    if (trouble === 'hang') {
      writeFileSync('mini-load-met', '');
      return new Promise<never>(() => undefined);
    }
    if (trouble) throw new RequestError(Number(trouble), 'Not now.');
    try {
      heard[sessionId] = JSON.parse(readFileSync(file, 'utf8'))[sessionId];
    } catch {
      throw new RequestError(-32002, 'There is no such session.');
    }
    // All that was said is said again, as the protocol asks for.
    const update = {
      sessionUpdate: 'agent_message_chunk' as const,
      content: { type: 'text' as const, text: 'Again.' },
    };
    await client.notify(methods.client.session.update, { sessionId, update });
    return omits ? {} : { modes: modes() };
  })
  .onRequest(methods.agent.session.setMode, ({ params }) => {
    told.mode = params.modeId;
    return {};
  })
  .onNotification(methods.agent.session.cancel, ({ params }) => cancels.get(params.sessionId)?.abort())
  .onRequest(methods.agent.session.prompt, async ({ params: { sessionId, prompt }, client }) => {
    const cancel = new AbortController();
    cancels.set(sessionId, cancel);
    const text = prompt.map((block) => (block.type === 'text' ? block.text : '')).join('');
    const steps = JSON.parse(text) as Step[];
    for (const step of steps) {
      if (cancel.signal.aborted) break;
      await play(step, sessionId, client, cancel.signal);
    }
    heard[sessionId] = (heard[sessionId] ?? 0) + 1;
    if (keeps) writeFileSync(file, JSON.stringify(heard));
    const stop = steps.find((step) => 'stop' in step)?.stop;
    return { stopReason: cancel.signal.aborted ? 'cancelled' : (stop ?? 'end_turn') };
  });

async function play(step: Step, sessionId: string, client: AgentContext, signal: AbortSignal): Promise<void> {
  const say = (sessionUpdate: 'agent_message_chunk' | 'agent_thought_chunk', text: string) =>
    client.notify(methods.client.session.update, {
      sessionId,
      update: { sessionUpdate, content: { type: 'text', text } },
    });
  if ('exit' in step) process.exit(step.exit);
  if ('stop' in step) return;
  if ('fail' in step) throw new RequestError(-32603, step.fail);
  if ('recall' in step) return say('agent_message_chunk', `I heard ${heard[sessionId]} before.`);
  if ('tell' in step) return say('agent_message_chunk', JSON.stringify(told[step.tell]));
  if ('ask' in step) return ask(step.ask, sessionId, client);
  if ('run' in step) {
    await Promise.all(step.run.map((script) => run(script, sessionId, client, signal)));
    return;
  }
  if (step.think) await say('agent_thought_chunk', step.think);
  for (const piece of step.say?.match(/[\s\S]{1,8}/g) ?? []) await say('agent_message_chunk', piece);
  if (step.hang) await aborted(signal);
}

/** Asks by a form, and tells of the answer as of the result of a call. */
async function ask(
  { message, fields, required = [] }: Extract<Step, { ask: unknown }>['ask'],
  sessionId: string,
  client: AgentContext,
): Promise<void> {
  const toolCallId = `call_${randomUUID()}`;
  const title = 'Ask the user';
  await client.notify(methods.client.session.update, {
    sessionId,
    update: { sessionUpdate: 'tool_call', toolCallId, title, kind: 'other', status: 'in_progress' },
  });
  const answer = await client.request(methods.client.elicitation.create, {
    mode: 'form',
    ...{ sessionId, toolCallId, message },
    requestedSchema: { type: 'object', properties: fields, required },
  });
  await client.notify(methods.client.session.update, {
    sessionId,
    update: {
      ...{ sessionUpdate: 'tool_call_update', toolCallId, status: answer.action === 'accept' ? 'completed' : 'failed' },
      content: [{ type: 'content', content: { type: 'text', text: JSON.stringify(answer) } }],
    },
  });
}

/** As real agents do, it tells the input of a call a little after the call itself. */
async function run(script: string, sessionId: string, client: AgentContext, signal: AbortSignal): Promise<void> {
  const toolCallId = `call_${randomUUID()}`;
  const update = (more: object) =>
    client.notify(methods.client.session.update, {
      sessionId,
      update: { sessionUpdate: 'tool_call_update', toolCallId, ...more },
    });
  const title = 'Run a command';
  await client.notify(methods.client.session.update, {
    sessionId,
    update: { sessionUpdate: 'tool_call', toolCallId, title, kind: 'execute', status: 'pending', rawInput: {} },
  });
  await update({ rawInput: { script } });
  const { outcome } = await client.request(methods.client.session.requestPermission, {
    sessionId,
    toolCall: { toolCallId, title, kind: 'execute', rawInput: { script } },
    options: [
      { optionId: 'once', name: 'Allow', kind: 'allow_once' },
      { optionId: 'always', name: 'Always allow', kind: 'allow_always' },
      { optionId: 'no', name: 'Reject', kind: 'reject_once' },
    ],
  });
  if (outcome.outcome === 'cancelled') return;
  const isAllowed = outcome.optionId === 'once';
  const result = isAllowed ? await execute(script, signal) : { output: `Answered ${outcome.optionId}.`, code: 1 };
  await update({
    status: result.code === 0 ? 'completed' : 'failed',
    content: [{ type: 'content', content: { type: 'text', text: result.output } }],
  });
}

async function execute(script: string, signal: AbortSignal): Promise<{ output: string; code: number | null }> {
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  signal.addEventListener('abort', () => process.kill(-(child.pid as number), 'SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { output, code };
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

const { closed } = app.connect(
  ndJsonStream(Writable.toWeb(process.stdout), Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>),
);
void closed.then(() => process.exit(0));
