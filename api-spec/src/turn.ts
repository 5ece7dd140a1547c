import { z } from '@hono/zod-openapi';
import { FailureCode, StopReason, Usage } from './agent-event.ts';
import { Message, UserMessage } from './message.ts';
import { page } from './page.ts';
import { Request } from './request.ts';
import { Metadata, SessionId } from './session.ts';

export const TurnId = z.string().min(1).max(128).openapi({ description: 'The turn.', example: 'turn_01' });

export const ChatRequest = z
  .strictObject({
    messages: z
      .array(UserMessage)
      .min(1)
      .max(16)
      .openapi({
        description: 'New input only, never history.',
        example: [{ role: 'user', content: 'echo hello > hello.txt && cat hello.txt' }],
      }),
    onBusy: z
      .enum(['queue', 'reject', 'interrupt'])
      .optional()
      .openapi({ description: 'What to do while another turn runs; `queue` unless told.', example: 'queue' }),
    deadlineSeconds: z.int().min(1).max(604_800).optional().openapi({
      description: 'How long the turn may work, in seconds; not counted while it is queued or waits for a person.',
      example: 600,
    }),
    metadata: Metadata.optional(),
  })
  .openapi('ChatRequest', {
    description: 'What the agent shall do.',
    example: { messages: [{ role: 'user', content: 'echo hello > hello.txt' }] },
  });
export type ChatRequest = z.infer<typeof ChatRequest>;

export const TurnStatus = z
  .enum(['queued', 'running', 'waiting', 'complete'])
  .openapi({ description: 'Where the turn is; `waiting` is for a person.', example: 'complete' });
export type TurnStatus = z.infer<typeof TurnStatus>;

const time = (description: string) => z.iso.datetime().openapi({ description, example: '2026-11-22T20:34:00.000Z' });

export const TurnFailure = z
  .object({
    code: FailureCode,
    message: z.string().openapi({ description: 'What happened.', example: 'The sandbox was restarted.' }),
    retryable: z.boolean().openapi({ description: 'Whether a new turn may do better.', example: true }),
  })
  .openapi('TurnFailure', { description: 'Why a turn failed.' });

export const Turn = z
  .object({
    id: TurnId,
    sessionId: SessionId,
    status: TurnStatus,
    stopReason: StopReason.optional(),
    outputText: z.string().optional().openapi({
      description: "The agent's last message or, where it says nothing itself, the output of its last tool.",
      example: 'hello\n',
    }),
    error: TurnFailure.optional(),
    openRequests: z.array(Request).openapi({ description: 'What waits for a person.' }),
    usage: Usage.optional(),
    metadata: Metadata,
    createdAt: time('When the turn was admitted.'),
    startedAt: time('When it began to run.').optional(),
    completedAt: time('When it ended.').optional(),
    firstSeq: z.int().optional().openapi({ description: 'The number of its first event.', example: 1 }),
    lastSeq: z.int().optional().openapi({ description: 'The number of its newest event.', example: 9 }),
  })
  .openapi('Turn', {
    description: 'One chat request and all that follows until its `complete`.',
    example: {
      id: 'turn_01',
      sessionId: 'build-42',
      status: 'complete',
      stopReason: 'end_turn',
      outputText: 'hello\n',
      openRequests: [],
      metadata: {},
      createdAt: '2026-11-22T20:34:00.000Z',
      startedAt: '2026-11-22T20:34:00.100Z',
      completedAt: '2026-11-22T20:34:01.000Z',
      firstSeq: 1,
      lastSeq: 9,
    },
  });
export type Turn = z.infer<typeof Turn>;

export const TurnPage = page('TurnPage', Turn);

export const InterruptRequest = z.strictObject({ turnId: TurnId.optional() }).openapi('InterruptRequest', {
  description: 'The turn to stop: the first one unless told, which is active or about to be.',
  example: { turnId: 'turn_01' },
});

export const InterruptResult = z
  .object({
    interrupted: z.boolean().openapi({ description: 'Whether there was something to stop.', example: true }),
    turnId: TurnId.optional(),
  })
  .openapi('InterruptResult', { description: 'What was stopped.' });
export type InterruptResult = z.infer<typeof InterruptResult>;

export const HistoryMessage = z
  .object({
    ...Message.shape,
    turnId: TurnId,
    seq: z.int().openapi({ description: 'The number of its event.', example: 1 }),
    at: time('When it was said.'),
  })
  .openapi('HistoryMessage', { description: 'A message and where it stands in the log.' });
export type HistoryMessage = z.infer<typeof HistoryMessage>;

export const MessagePage = page('MessagePage', HistoryMessage);
