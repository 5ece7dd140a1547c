import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { AgentEvent, PermissionRequest, type StopReason, textOf } from '@sandgate/api-spec';
import { z } from 'zod';
import { type Agent, AgentFailure, type AgentSays, type AgentTurn, type Answer } from '../agent.ts';
import { allOptions } from './answers.ts';

const own = (event: AgentEvent): event is AgentSays =>
  event.type !== 'complete' &&
  event.type !== 'parked' &&
  !event.type.startsWith('permission.') &&
  !event.type.endsWith('.snapshot');
const Ask = PermissionRequest.omit({ requestId: true, expiresAt: true }).partial({
  kind: true,
  input: true,
  options: true,
});

/** What a script is made of. Each step does one thing. */
const Step = z.union([
  z.strictObject({ emit: AgentEvent.refine(own, 'Not for an agent to say') }),
  z.strictObject({ ask: Ask }),
  z.strictObject({ sleepMs: z.int().min(0).max(3_600_000) }),
  z.strictObject({
    burst: z.strictObject({
      count: z.int().min(1).max(1_000_000),
      textBytes: z.int().min(1).max(65_536),
      everyMs: z.number().min(0).max(60_000),
    }),
  }),
  z.strictObject({
    ticks: z.strictObject({
      count: z.int().min(1).max(1_000_000),
      atOnce: z.int().min(1).max(1000),
      everyMs: z.number().min(0).max(60_000),
    }),
  }),
  z.strictObject({ fail: z.string() }),
  z.strictObject({ exit: z.int().min(0).max(255) }),
]);
type Step = z.infer<typeof Step>;
/** The step that waits for a person. */
const StepIndex = z.int();
type Burst = Extract<Step, { burst: unknown }>['burst'];
type Ticks = Extract<Step, { ticks: unknown }>['ticks'];

/**
 * Plays the events that each message lists, as JSON: for tests and benchmarks. `exit` ends the whole server, as a
 * crash does; `fail` fails the turn; `burst` sends many deltas of one message, and then the message; `ticks` sends many
 * durable events, `atOnce` of them in one step and followers read in between, each with the time that it was made at:
 * microseconds of the machine's monotonic clock, which all its processes share.
 */
export class ScriptedAgent implements Agent {
  readonly capabilities = {
    speaks: true,
    asksQuestions: true,
    asksInParallel: false,
    takesEditedInput: false,
    takesDenyMessage: false,
    namesProviderFailures: false,
    limitsTurns: false,
    parks: true,
  };

  async run(turn: AgentTurn): Promise<StopReason> {
    const steps = turn.messages.flatMap((message) => parse(textOf(message)));
    const resumed = turn.resumed && { index: StepIndex.parse(turn.resumed.state), answer: turn.resumed.answer };
    for (const [index, step] of steps.entries()) {
      if (turn.signal.aborted) break;
      if (resumed && index < resumed.index) continue;
      const stopReason = index === resumed?.index ? outcome(resumed.answer) : await play(step, index, turn);
      if (stopReason) return stopReason;
    }
    return 'end_turn';
  }
}

function parse(text: string): Step[] {
  try {
    return z.array(Step).parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is not JSON';
    throw new AgentFailure('invalid_script', `The script is not valid: ${reason}`, { cause });
  }
}

/** Why the turn ends with this step, if it does. */
async function play(step: Step, index: number, turn: AgentTurn): Promise<StopReason | undefined> {
  if ('emit' in step) turn.emit(step.emit as AgentSays);
  else if ('ask' in step) return outcome(await turn.ask(requestOf(step.ask), { state: index }));
  else if ('sleepMs' in step) await pause(step.sleepMs, turn);
  else if ('burst' in step) await burst(step.burst, turn);
  else if ('ticks' in step) await ticks(step.ticks, turn);
  else if ('fail' in step) throw new AgentFailure('scripted_failure', step.fail);
  else process.exit(step.exit);
  return undefined;
}

const requestOf = (ask: z.infer<typeof Ask>) =>
  ({ kind: 'permission', input: {}, options: allOptions, ...ask }) as Parameters<AgentTurn['ask']>[0];

const outcome = ({ decision }: Answer) => (decision === 'allow' ? undefined : 'refusal');

async function burst({ count, textBytes, everyMs }: Burst, turn: AgentTurn): Promise<void> {
  const messageId = `msg_${randomUUID()}`;
  const text = 'x'.repeat(textBytes);
  for (let sent = 0; sent < count && !turn.signal.aborted; sent++) {
    turn.emit({ type: 'message.delta', messageId, text });
    if (everyMs > 0) await pause(everyMs, turn);
    else if (sent % 64 === 63) await pause(0, turn); // Let the followers read.
  }
  const message = {
    id: messageId,
    role: 'assistant' as const,
    content: [{ type: 'text' as const, text: text.repeat(count) }],
  };
  turn.emit({ type: 'message', message });
}

async function ticks({ count, atOnce, everyMs }: Ticks, turn: AgentTurn): Promise<void> {
  for (let sent = 1; sent <= count && !turn.signal.aborted; sent++) {
    const detail = String(process.hrtime.bigint() / 1000n);
    turn.emit({ type: 'status', status: { state: 'working', detail } });
    if (sent % atOnce === 0) await (everyMs > 0 ? pause(everyMs, turn) : nextTurn());
  }
}

/** Ends early when the turn is stopped. */
const pause = (ms: number, { signal }: AgentTurn) => sleep(ms, undefined, { signal }).catch(() => {});
