import { createRoute, z } from '@hono/zod-openapi';
import { Event } from '../event.ts';
import { count, limit } from '../page.ts';
import { afterQuery, json, jsonBody, lastEventIdHeader, refusals, stream } from '../route-parts.ts';
import { ChatRequest, InterruptRequest, InterruptResult, Turn, TurnPage } from '../turn.ts';
import { idempotencyHeader, ofSession, requiresInSession, sessionParams, turnParams, withJson } from './route-parts.ts';

const tags = ['Turns'];

const location = (description: string, example: string) => ({
  description,
  schema: { type: 'string' as const, example },
});
const turnLocation = { Location: location('The turn.', '/v1/sessions/build-42/turns/turn_01') };
const streamLocation = {
  ...turnLocation,
  'Content-Location': location(
    "The turn's stream: go on there after a cut.",
    '/v1/sessions/build-42/turns/turn_01/events',
  ),
};

export const turnRoutes = {
  chat: createRoute({
    operationId: 'chat',
    method: 'post',
    path: '/v1/sessions/{sessionId}/chat',
    tags,
    security: requiresInSession('turns:write'),
    summary: 'Give the agent something to do',
    description:
      'Starts a turn and streams its events until `complete`. With `Accept: application/json` it waits up to 60 s and answers the turn; with `Prefer: respond-async` it answers 202 at once, the turn is `queued`, and it is started through a queue that tries again for some minutes where no sandbox starts. Hanging up cancels nothing: go on at `Content-Location` with the last id. The Idempotency-Key names the turn: a repeat follows it.',
    request: {
      params: sessionParams,
      headers: idempotencyHeader.extend({
        prefer: z.string().max(255).optional().openapi({
          description:
            '`respond-async` answers 202 at once and starts the turn as soon as there is room for its sandbox (RFC 7240). It keeps its place: a turn behind it waits for it. Where its sandbox does not start, it is tried again, ever more seldom; then it ends in `error` with `sandbox_unavailable`, has never run, and may be sent again.',
          example: 'respond-async',
        }),
      }),
      body: jsonBody(ChatRequest),
    },
    responses: {
      200: {
        description: 'The events of the turn, or the turn itself once it is complete or waits for a person.',
        headers: streamLocation,
        content: { 'text/event-stream': { schema: Event }, 'application/json': { schema: Turn } },
      },
      202: { ...json(Turn, 'The turn goes on; see `Location`.'), headers: turnLocation },
      ...refusals(
        ...ofSession,
        ...withJson,
        'session_busy',
        'cursor_expired',
        'idempotency_key_reused',
        'queue_full',
        'turn_limit_reached',
      ),
    },
  }),
  listTurns: createRoute({
    operationId: 'listTurns',
    method: 'get',
    path: '/v1/sessions/{sessionId}/turns',
    tags,
    security: requiresInSession('sessions:read'),
    summary: 'List the turns',
    description: 'Lists the turns of a session in the order of their admission.',
    request: {
      params: sessionParams,
      query: z.object({
        after: count(0, Number.MAX_SAFE_INTEGER, { description: 'The `nextCursor` of a page.', example: 42 }),
        limit,
      }),
    },
    responses: { 200: json(TurnPage, 'A page of turns.'), ...refusals(...ofSession) },
  }),
  getTurn: createRoute({
    operationId: 'getTurn',
    method: 'get',
    path: '/v1/sessions/{sessionId}/turns/{turnId}',
    tags,
    security: requiresInSession('sessions:read'),
    summary: 'Get a turn',
    description: 'Answers a turn; with `wait`, once it is complete or waits for a person, or when that time is over.',
    request: {
      params: turnParams,
      query: z.object({
        wait: count(0, 60, { description: 'How long to wait for it, in seconds.', example: 30 }),
      }),
    },
    responses: { 200: json(Turn, 'The turn.'), ...refusals(...ofSession, 'turn_not_found') },
  }),
  getTurnEvents: createRoute({
    operationId: 'getTurnEvents',
    method: 'get',
    path: '/v1/sessions/{sessionId}/turns/{turnId}/events',
    tags,
    security: requiresInSession('sessions:read'),
    summary: 'Follow a turn',
    description: "Replays the turn's events after the cursor, then follows until `complete`.",
    request: { params: turnParams, query: afterQuery, headers: lastEventIdHeader },
    responses: {
      200: stream(Event, 'The events of the turn.'),
      204: { description: 'The cursor is at the end of a complete turn: there is nothing more, ever.' },
      ...refusals(...ofSession, 'turn_not_found', 'cursor_beyond_head', 'cursor_expired'),
    },
  }),
  interrupt: createRoute({
    operationId: 'interrupt',
    method: 'post',
    path: '/v1/sessions/{sessionId}/interrupt',
    tags,
    security: requiresInSession('turns:write'),
    summary: 'Stop a turn',
    description:
      'Stops the turn that is first, or the one that is named; a queued one is cancelled. 200 also when there is nothing to stop. Name the turn where you may repeat the request: the first may be another by then.',
    request: { params: sessionParams, body: { content: { 'application/json': { schema: InterruptRequest } } } },
    responses: {
      200: json(InterruptResult, 'What was stopped.'),
      ...refusals(...ofSession, ...withJson, 'turn_not_found'),
    },
  }),
};
