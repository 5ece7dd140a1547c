import { z } from '@hono/zod-openapi';
import { Decision, Question, RequestOption, ResolvedBy, Scope, ToolInput } from './decision.ts';
import { Message } from './message.ts';

const type = <const T extends string>(value: T) =>
  z.literal(value).openapi({ description: 'The kind of event.', example: value });
const messageId = z.string().openapi({ description: 'The message that this is part of.', example: 'msg_01' });
const toolCallId = z.string().openapi({ description: 'The call of a tool.', example: 'call_01' });
const requestId = z.string().openapi({ description: 'The request to a person.', example: 'perm_01' });
const tool = z.string().openapi({ description: 'The name of the tool.', example: 'shell' });

export const Status = z
  .object({
    state: z.enum(['queued', 'starting', 'thinking', 'working', 'waiting', 'idle', 'sleeping']).openapi({
      description: 'What goes on: `waiting` is for a person; `idle` and `sleeping` belong to the session.',
      example: 'working',
    }),
    detail: z.string().optional().openapi({ description: 'The same in words.', example: 'Running the script' }),
  })
  .openapi('Status', { description: 'What goes on now.' });

export const Usage = z
  .object({
    inputTokens: z.int().min(0).openapi({ description: 'Tokens read by the model.', example: 1200 }),
    outputTokens: z.int().min(0).openapi({ description: 'Tokens written by the model.', example: 340 }),
    costUsd: z.number().min(0).optional().openapi({ description: 'The price in US dollars.', example: 0.012 }),
  })
  .openapi('Usage', { description: 'What a turn used.' });

export const StopReason = z
  .enum(['end_turn', 'interrupted', 'max_turns', 'budget', 'deadline', 'refusal', 'error'])
  .openapi('StopReason', { description: 'Why a turn ended.', example: 'end_turn' });
export type StopReason = z.infer<typeof StopReason>;

export const FailureCode = z.string().openapi({ description: 'The stable code.', example: 'sandbox_restarted' });

export const PermissionRequest = z.object({
  requestId,
  kind: z.enum(['permission', 'question']).openapi({ description: 'What is asked for.', example: 'permission' }),
  toolCallId: toolCallId.optional(),
  tool,
  title: z.string().openapi({ description: 'What is asked, in a line.', example: 'Run a shell script' }),
  input: ToolInput,
  questions: z
    .array(Question)
    .optional()
    .openapi({
      description: 'The questions, where the kind is `question`.',
      example: [{ id: 'database', text: 'Which database shall I use?' }],
    }),
  options: z.array(RequestOption).openapi({
    description: 'The answers that can be given.',
    example: [
      { id: 'allow', scope: 'once' },
      { id: 'deny', scope: 'once' },
    ],
  }),
  expiresAt: z.iso.datetime().openapi({
    description: 'When the request is denied by `timeout`.',
    example: '2026-12-01T12:00:00.000Z',
  }),
});

/** Facts: the gateway stores each in the session's log before anybody sees it. */
export const durableShapes = {
  status: { type: type('status'), status: Status },
  message: { type: type('message'), message: Message },
  'tool.call': {
    type: type('tool.call'),
    toolCallId,
    name: tool,
    title: z.string().optional().openapi({ description: 'The call in a line.', example: 'Run a shell script' }),
    input: ToolInput,
  },
  'tool.result': {
    type: type('tool.result'),
    toolCallId,
    isError: z.boolean().openapi({ description: 'Whether the tool failed.', example: false }),
    exitCode: z.int().optional().openapi({ description: 'The exit code of the command.', example: 0 }),
    output: z.string().openapi({ description: 'What the tool answered.', example: 'hello\n' }),
    truncated: z.boolean().optional().openapi({ description: 'Whether `output` was cut.', example: false }),
    file: z.string().optional().openapi({
      description:
        'The file in the workspace that holds the whole output, up to 16 MiB of it. The newest 16 such files are kept.',
      example: '.sandgate/output/call_01.txt',
    }),
  },
  'permission.requested': { type: type('permission.requested'), ...PermissionRequest.shape },
  'permission.resolved': {
    type: type('permission.resolved'),
    requestId,
    decision: Decision,
    scope: Scope.optional(),
    by: ResolvedBy,
  },
  'egress.denied': {
    type: type('egress.denied'),
    host: z.string().openapi({ description: 'The host that was asked for.', example: 'example.com' }),
    reason: z.string().openapi({ description: 'Why not.', example: 'The session allows no egress.' }),
  },
  usage: { type: type('usage'), ...Usage.shape },
  error: {
    type: type('error'),
    code: FailureCode,
    message: z.string().openapi({ description: 'What happened.', example: 'The sandbox was restarted.' }),
    retryable: z.boolean().openapi({ description: 'Whether a new turn may do better.', example: true }),
  },
  complete: { type: type('complete'), stopReason: StopReason, usage: Usage.optional() },
};

/** Progress: seen by whoever is there, never stored. A delta adds to what was seen; a snapshot replaces it. */
export const transientShapes = {
  'message.delta': {
    type: type('message.delta'),
    messageId,
    text: z.string().openapi({ description: 'The next piece of text.', example: 'Hel' }),
  },
  'message.snapshot': {
    type: type('message.snapshot'),
    messageId,
    text: z.string().openapi({ description: 'All of the text so far.', example: 'Hello' }),
  },
  'tool.delta': {
    type: type('tool.delta'),
    toolCallId,
    stream: z.enum(['stdout', 'stderr']).openapi({ description: 'Where it was written.', example: 'stdout' }),
    text: z.string().openapi({ description: 'The next piece of output.', example: 'hello\n' }),
  },
  'tool.snapshot': {
    type: type('tool.snapshot'),
    toolCallId,
    text: z.string().openapi({ description: 'The last part of the output so far.', example: 'hello\n' }),
    truncated: z.boolean().openapi({ description: 'Whether earlier output was left out.', example: false }),
  },
};

/** The last frame of a stream whose turn waits without a process. Never public: the turn just goes on waiting. */
const parked = { type: type('parked') };

const agent = <const N extends string, S extends z.ZodRawShape>(name: N, shape: S, description: string) =>
  z.object(shape).openapi(`Agent${name}`, { description });

/** What an agent says. A sandbox sends a snapshot in the place of deltas that it did not keep. */
export const AgentEvent = z
  .discriminatedUnion('type', [
    agent('StatusEvent', durableShapes.status, 'What goes on now.'),
    agent('MessageEvent', durableShapes.message, 'A whole message.'),
    agent('MessageDeltaEvent', transientShapes['message.delta'], 'A piece of a message.'),
    agent('MessageSnapshotEvent', transientShapes['message.snapshot'], 'A message so far.'),
    agent('ToolCallEvent', durableShapes['tool.call'], 'A tool is called.'),
    agent('ToolDeltaEvent', transientShapes['tool.delta'], "A piece of a tool's output."),
    agent('ToolSnapshotEvent', transientShapes['tool.snapshot'], "A tool's output so far."),
    agent('ToolResultEvent', durableShapes['tool.result'], 'A tool has answered.'),
    agent('PermissionRequestedEvent', durableShapes['permission.requested'], 'A person is asked.'),
    agent('PermissionResolvedEvent', durableShapes['permission.resolved'], 'A request is resolved.'),
    agent('UsageEvent', durableShapes.usage, 'What was used.'),
    agent('ErrorEvent', durableShapes.error, 'Something failed.'),
    agent('CompleteEvent', durableShapes.complete, 'The last event of a turn.'),
    agent(
      'ParkedEvent',
      parked,
      'The turn waits for a person, and nothing of it runs: the last event until it goes on.',
    ),
  ])
  .openapi('AgentEvent', { description: 'What an agent says.', example: { type: 'complete', stopReason: 'end_turn' } });
export type AgentEvent = z.infer<typeof AgentEvent>;

/**
 * The largest frame, in UTF-16 units of its JSON, each of at most three bytes of UTF-8: a row of the gateway's log holds
 * 2 MB (Durable Objects, limits).
 */
export const frameLimit = 512 * 1024;

/** A frame of a turn's stream. `cursor` numbers every frame of the turn from 1 without a gap, and is the SSE `id`. */
export const Frame = z
  .object({
    cursor: z.int().min(1).openapi({ description: 'The number of the frame in its turn.', example: 7 }),
    from: z.int().min(1).optional().openapi({
      description:
        'The first number that this frame stands for, where it stands for more than its own: deltas were let go whose text is in this or a later frame.',
      example: 3,
    }),
    event: AgentEvent,
  })
  .openapi('Frame', { description: 'An event of a turn and its number.' });
export type Frame = z.infer<typeof Frame>;
