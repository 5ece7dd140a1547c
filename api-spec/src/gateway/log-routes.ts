import { createRoute, z } from '@hono/zod-openapi';
import { AccountRequestPage } from '../account-request.ts';
import { PermissionRequest } from '../agent-event.ts';
import { ResumeRequest } from '../decision.ts';
import { DurableEvent, Event } from '../event.ts';
import { limit, page } from '../page.ts';
import { RequestPage, ResumeResult } from '../request.ts';
import { afterQuery, json, jsonBody, lastEventIdHeader, refusals } from '../route-parts.ts';
import { SessionId } from '../session.ts';
import { MessagePage } from '../turn.ts';
import { ofAccount, ofSession, requires, requiresInSession, sessionParams, withJson } from './route-parts.ts';

export const EventPage = page('EventPage', DurableEvent);

const params = sessionParams;

export const logRoutes = {
  getEvents: createRoute({
    operationId: 'getEvents',
    method: 'get',
    path: '/v1/sessions/{sessionId}/events',
    tags: ['Events'],
    security: requiresInSession('sessions:read'),
    summary: 'Read or follow the log',
    description:
      'With `Accept: text/event-stream`, replays the log after the cursor and follows it for as long as you like. Otherwise a page of it. The cursor is the same for both; without one it begins with the oldest event that is kept.',
    request: {
      params,
      query: afterQuery.extend({
        types: z
          .string()
          .max(512)
          .optional()
          .openapi({ description: 'Only these types, with commas between.', example: 'message,complete' }),
        limit,
      }),
      headers: lastEventIdHeader,
    },
    responses: {
      200: {
        description: 'A page of durable events, or the stream of all events.',
        content: { 'application/json': { schema: EventPage }, 'text/event-stream': { schema: Event } },
      },
      ...refusals(...ofSession, 'cursor_beyond_head', 'cursor_expired'),
    },
  }),
  listMessages: createRoute({
    operationId: 'listMessages',
    method: 'get',
    path: '/v1/sessions/{sessionId}/messages',
    tags: ['Events'],
    security: requiresInSession('sessions:read'),
    summary: 'List the messages',
    description: 'The history of the conversation, in order, as far back as the log is kept.',
    request: { params, query: afterQuery.extend({ limit }) },
    responses: {
      200: json(MessagePage, 'A page of messages.'),
      ...refusals(...ofSession, 'cursor_beyond_head', 'cursor_expired'),
    },
  }),
  listRequests: createRoute({
    operationId: 'listRequests',
    method: 'get',
    path: '/v1/sessions/{sessionId}/requests',
    tags: ['Requests'],
    security: requiresInSession('sessions:read'),
    summary: 'List what waits for a person',
    description:
      'The requests of the session, open ones unless told, the oldest first. At most 100 are open at once. A page may hold less than its limit where what is asked about is large.',
    request: {
      params,
      query: z.object({
        status: z
          .enum(['open', 'resolved', 'all'])
          .optional()
          .openapi({ description: 'Which requests; `open` unless told.', example: 'open' }),
        after: z.string().max(4096).optional().openapi({ description: 'The `nextCursor` of a page.', example: '42' }),
        limit,
      }),
    },
    responses: { 200: json(RequestPage, 'A page of requests.'), ...refusals(...ofSession) },
  }),
  listAccountRequests: createRoute({
    operationId: 'listAccountRequests',
    method: 'get',
    path: '/v1/requests',
    tags: ['Requests'],
    security: requires('sessions:read'),
    summary: 'List what waits for a person anywhere',
    description:
      'The open requests of all sessions of the account, the one with the nearest deadline first. One is listed moments after it was asked, and never after it was answered. A page may hold less than its limit, and even nothing, where there is more.',
    request: {
      query: z.object({
        sessionId: SessionId.optional().openapi({ description: 'Only those of this session.', example: 'build-42' }),
        kind: PermissionRequest.shape.kind.optional().openapi({ description: 'Only these.', example: 'permission' }),
        after: z.string().max(4096).optional().openapi({ description: 'The `nextCursor` of a page.', example: '42' }),
        limit,
      }),
    },
    responses: { 200: json(AccountRequestPage, 'A page of requests.'), ...refusals(...ofAccount) },
  }),
  resume: createRoute({
    operationId: 'resume',
    method: 'post',
    path: '/v1/sessions/{sessionId}/resume',
    tags: ['Requests'],
    security: requiresInSession('requests:write'),
    summary: 'Answer a request',
    description:
      'Stores the decision and hands it to the agent; the output goes on in the open streams. The same answer again is 200, another one 409.',
    request: { params, body: jsonBody(ResumeRequest) },
    responses: {
      200: json(ResumeResult, 'The decision is stored.'),
      ...refusals(...ofSession, ...withJson, 'request_not_found', 'request_already_resolved'),
    },
  }),
};
