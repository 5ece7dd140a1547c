import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { type AgentContext, agent, methods, ndJsonStream, RequestError } from '@agentclientprotocol/sdk';

/**
 * A small agent that speaks the Agent Client Protocol on its standard input and output, without a model: a message that
 * is a JSON list of steps says what it does.
 */
type Step =
  | { think?: string; say?: string; hang?: boolean }
  | { run: string[] }
  | { recall: true }
  | { fail: string }
  | { exit: number };

const cancels = new Map<string, AbortController>();
/** What was said so far, by session: this agent remembers. */
const heard = new Map<string, string[]>();

const app = agent({ name: 'mini' })
  .onRequest(methods.agent.initialize, () => ({ protocolVersion: 1, agentCapabilities: {} }))
  .onRequest(methods.agent.session.new, () => {
    const sessionId = randomUUID();
    heard.set(sessionId, []);
    return { sessionId };
  })
  .onNotification(methods.agent.session.cancel, ({ params }) => cancels.get(params.sessionId)?.abort())
  .onRequest(methods.agent.session.prompt, async ({ params: { sessionId, prompt }, client }) => {
    const cancel = new AbortController();
    cancels.set(sessionId, cancel);
    const text = prompt.map((block) => (block.type === 'text' ? block.text : '')).join('');
    for (const step of JSON.parse(text) as Step[]) {
      if (cancel.signal.aborted) break;
      await play(step, sessionId, client, cancel.signal);
    }
    heard.get(sessionId)?.push(text);
    return { stopReason: cancel.signal.aborted ? 'cancelled' : 'end_turn' };
  });

async function play(step: Step, sessionId: string, client: AgentContext, signal: AbortSignal): Promise<void> {
  const say = (sessionUpdate: 'agent_message_chunk' | 'agent_thought_chunk', text: string) =>
    client.notify(methods.client.session.update, {
      sessionId,
      update: { sessionUpdate, content: { type: 'text', text } },
    });
  if ('exit' in step) process.exit(step.exit);
  if ('fail' in step) throw new RequestError(-32603, step.fail);
  if ('recall' in step) return say('agent_message_chunk', `I heard ${heard.get(sessionId)?.length} before.`);
  if ('run' in step) {
    await Promise.all(step.run.map((script) => run(script, sessionId, client, signal)));
    return;
  }
  if (step.think) await say('agent_thought_chunk', step.think);
  for (const piece of step.say?.match(/[\s\S]{1,8}/g) ?? []) await say('agent_message_chunk', piece);
  if (step.hang) await aborted(signal);
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
