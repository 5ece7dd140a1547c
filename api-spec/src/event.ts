import { z } from '@hono/zod-openapi';
import { durableShapes, transientShapes } from './agent-event.ts';

const envelope = {
  at: z.iso.datetime().openapi({ description: 'When it was recorded.', example: '2026-11-22T20:34:00.000Z' }),
  sessionId: z.string().openapi({ description: 'The session.', example: 'build-42' }),
  turnId: z
    .string()
    .optional()
    .openapi({ description: 'The turn; absent where the event belongs to the session.', example: 'turn_01' }),
};

const seq = z.int().min(1).openapi({
  description: "The event's number in its session's log, from 1 without a gap; also the SSE `id`.",
  example: 12,
});

const durable = <const N extends string, S extends z.ZodRawShape>(name: N, shape: S, description: string) =>
  z.object({ seq, ...envelope, ...shape }).openapi(name, { description });

const transient = <const N extends string, S extends z.ZodRawShape>(name: N, shape: S, description: string) =>
  z.object({ ...envelope, ...shape }).openapi(name, { description });

const events = {
  status: durable('StatusEvent', durableShapes.status, 'What goes on now.'),
  message: durable('MessageEvent', durableShapes.message, "A whole message; the user's own comes first in a turn."),
  toolCall: durable('ToolCallEvent', durableShapes['tool.call'], 'A tool is called.'),
  toolResult: durable('ToolResultEvent', durableShapes['tool.result'], 'A tool has answered.'),
  requested: durable('PermissionRequestedEvent', durableShapes['permission.requested'], 'A person is asked.'),
  resolved: durable('PermissionResolvedEvent', durableShapes['permission.resolved'], 'A request is resolved.'),
  egressDenied: durable('EgressDeniedEvent', durableShapes['egress.denied'], 'The sandbox may not reach a host.'),
  usage: durable('UsageEvent', durableShapes.usage, 'What was used.'),
  error: durable('ErrorEvent', durableShapes.error, 'Something failed.'),
  complete: durable('CompleteEvent', durableShapes.complete, 'The last event of every turn, exactly once.'),
};

/** What is kept in the session's log. */
export const DurableEvent = z
  .discriminatedUnion('type', [
    events.status,
    events.message,
    events.toolCall,
    events.toolResult,
    events.requested,
    events.resolved,
    events.egressDenied,
    events.usage,
    events.error,
    events.complete,
  ])
  .openapi('DurableEvent', { description: "A fact in the session's log." });
export type DurableEvent = z.infer<typeof DurableEvent>;

/** An `AgentEvent` in the envelope of its session. */
export const Event = z
  .discriminatedUnion('type', [
    ...DurableEvent.options,
    transient('MessageDeltaEvent', transientShapes['message.delta'], 'A piece of a message; not stored.'),
    transient('MessageSnapshotEvent', transientShapes['message.snapshot'], 'A message so far; replaces its deltas.'),
    transient('ToolDeltaEvent', transientShapes['tool.delta'], "A piece of a tool's output; not stored."),
    transient('ToolSnapshotEvent', transientShapes['tool.snapshot'], "A tool's output so far; replaces its deltas."),
  ])
  .openapi('Event', { description: 'What happens in a session. Ignore types that you do not know.' });
export type Event = z.infer<typeof Event>;
