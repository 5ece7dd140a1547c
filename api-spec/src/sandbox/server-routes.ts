import { createRoute, z } from '@hono/zod-openapi';
import { Frame } from '../agent-event.ts';
import { SandboxResumeRequest } from '../decision.ts';
import { SandboxHealth } from '../health.ts';
import { afterQuery, json, jsonBody, lastEventIdHeader, refusals, stream } from '../route-parts.ts';
import { InterruptRequest, InterruptResult, TurnId } from '../turn.ts';
import { SandboxChatRequest, SandboxResumeResult } from './chat.ts';
import { security } from './security.ts';

/** What the server answers itself. */
export const sandboxServerRoutes = {
  health: createRoute({
    operationId: 'getHealth',
    method: 'get',
    path: '/health',
    security: [],
    tags: ['Server'],
    summary: 'Say how the server is',
    description: 'Needs no secret, and does not count as activity.',
    responses: { 200: json(SandboxHealth, 'The state of the server.'), ...refusals() },
  }),
  chat: createRoute({
    operationId: 'chat',
    method: 'post',
    path: '/chat',
    tags: ['Turns'],
    summary: 'Run a turn',
    description:
      'Streams the turn. A turn that is known already is followed from its first frame, never run again. One that is parked goes on with `resume`, once: with the very call that it waits with, also in a server that was started since; its frames are numbered on.',
    security,
    request: { body: jsonBody(SandboxChatRequest) },
    responses: {
      200: stream(Frame, 'The frames of the turn; the stream ends after `complete` or `parked`.'),
      ...refusals(
        'invalid_request',
        'malformed_json',
        'unauthorized',
        'forbidden',
        'turn_not_found',
        'session_busy',
        'boot_mismatch',
        'unsupported_media_type',
        'agent_unavailable',
        'sandbox_unavailable',
      ),
    },
  }),
  turnEvents: createRoute({
    operationId: 'getTurnEvents',
    method: 'get',
    path: '/turns/{turnId}/events',
    tags: ['Turns'],
    summary: 'Follow a turn',
    description: 'Replays the frames after the cursor, then follows.',
    security,
    request: { params: z.object({ turnId: TurnId }), query: afterQuery, headers: lastEventIdHeader },
    responses: {
      200: stream(Frame, 'The frames after the cursor; the stream ends after `complete` or `parked`.'),
      ...refusals('invalid_request', 'unauthorized', 'forbidden', 'turn_not_found', 'cursor_beyond_head'),
    },
  }),
  resume: createRoute({
    operationId: 'resume',
    method: 'post',
    path: '/resume',
    tags: ['Turns'],
    summary: 'Answer a request of the agent',
    description: "Hands the decision to the agent; what follows comes on the turn's stream. The same again is 200.",
    security,
    request: { body: jsonBody(SandboxResumeRequest) },
    responses: {
      200: json(SandboxResumeResult, 'The agent has the decision.'),
      ...refusals(
        'invalid_request',
        'malformed_json',
        'unauthorized',
        'forbidden',
        'request_not_found',
        'request_already_resolved',
        'turn_parked',
        'unsupported_media_type',
      ),
    },
  }),
  interrupt: createRoute({
    operationId: 'interrupt',
    method: 'post',
    path: '/interrupt',
    tags: ['Turns'],
    summary: 'Stop the running turn',
    description: 'Stops the turn and all that it started. Answers once the turn has ended; 200 also when none runs.',
    security,
    request: { body: { content: { 'application/json': { schema: InterruptRequest } } } },
    responses: {
      200: json(InterruptResult, 'What was stopped.'),
      ...refusals('invalid_request', 'malformed_json', 'unauthorized', 'forbidden', 'unsupported_media_type'),
    },
  }),
};
