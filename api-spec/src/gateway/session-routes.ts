import { createRoute, z } from '@hono/zod-openapi';
import { ContainerLogs } from '../container-log.ts';
import { count, limit } from '../page.ts';
import { json, jsonBody, refusals } from '../route-parts.ts';
import { CreateSession, ForkSession, Session, SessionPage, SessionStatus, UpdateSession } from '../session.ts';
import {
  idempotencyHeader,
  ofAccount,
  ofSession,
  requires,
  requiresInSession,
  sessionParams,
  withJson,
  withSandbox,
} from './route-parts.ts';

const tags = ['Sessions'];

export const sessionRoutes = {
  createSession: createRoute({
    operationId: 'createSession',
    method: 'post',
    path: '/v1/sessions',
    tags,
    security: requires('sessions:write'),
    summary: 'Create a session',
    description:
      'Opens a session. With an `id` of your own, a repeat with the same body is 200 and the same session. The sandbox starts with the first turn or file.',
    request: {
      headers: idempotencyHeader,
      body: { content: { 'application/json': { schema: CreateSession } } },
    },
    responses: {
      200: json(Session, 'The session was there already.'),
      201: json(Session, 'The session was created.'),
      ...refusals(
        ...ofAccount,
        'session_limit_reached',
        'session_conflict',
        'session_deleted',
        'agent_unavailable',
        'idempotency_key_reused',
        ...withJson,
      ),
    },
  }),
  listSessions: createRoute({
    operationId: 'listSessions',
    method: 'get',
    path: '/v1/sessions',
    tags,
    security: requires('sessions:read'),
    summary: 'List the sessions',
    description: 'Lists your sessions, the newest first. Filter by metadata as `metadata[project]=website`.',
    request: {
      query: z.object({
        status: SessionStatus.optional().openapi({ description: 'Only sessions in this status.', example: 'waiting' }),
        after: z.string().max(4096).optional().openapi({ description: 'The `nextCursor` of a page.', example: '42' }),
        metadata: z
          .record(z.string(), z.string())
          .optional()
          .openapi({
            description: 'Only sessions with all of these texts, 16 at most.',
            example: { project: 'website' },
            param: { in: 'query', name: 'metadata', style: 'deepObject', explode: true },
          }),
        limit,
      }),
    },
    responses: { 200: json(SessionPage, 'A page of sessions.'), ...refusals(...ofAccount) },
  }),
  getSession: createRoute({
    operationId: 'getSession',
    method: 'get',
    path: '/v1/sessions/{sessionId}',
    tags,
    security: requiresInSession('sessions:read'),
    summary: 'Get a session',
    description:
      'Answers a session with its active turn, its open requests and the first and the last number of its log.',
    request: { params: sessionParams },
    responses: { 200: json(Session, 'The session.'), ...refusals(...ofSession) },
  }),
  updateSession: createRoute({
    operationId: 'updateSession',
    method: 'patch',
    path: '/v1/sessions/{sessionId}',
    tags,
    security: requires('sessions:write'),
    summary: 'Change a session',
    description: 'Changes what is given and leaves the rest.',
    request: { params: sessionParams, body: jsonBody(UpdateSession) },
    responses: { 200: json(Session, 'The session as it is now.'), ...refusals(...ofSession, ...withJson) },
  }),
  deleteSession: createRoute({
    operationId: 'deleteSession',
    method: 'delete',
    path: '/v1/sessions/{sessionId}',
    tags,
    security: requires('sessions:write'),
    summary: 'Delete a session',
    description:
      'Destroys the sandbox, its files and the log. The id stays taken. A repeat is 204 too. Where not all of it is gone in time it is a 503: the session is deleted, the rest goes by itself, and a repeat says when.',
    request: { params: sessionParams },
    responses: { 204: { description: 'The session is gone.' }, ...refusals(...ofSession, 'sandbox_unavailable') },
  }),
  sleep: createRoute({
    operationId: 'sleep',
    method: 'post',
    path: '/v1/sessions/{sessionId}/sleep',
    tags,
    security: requires('sessions:write'),
    summary: 'Put a session to sleep',
    description:
      'Saves the disk and ends the container, as idleness does after `idleTimeoutSeconds`. The next turn or file, or `wake`, brings it back with its files. Where the disk cannot be saved the container stays. 200 also where it sleeps already, 409 `disk_rewound`, once, where the container was killed before all was saved.',
    request: { params: sessionParams },
    responses: {
      200: json(Session, 'The session sleeps.'),
      ...refusals(
        ...ofSession,
        'session_busy',
        'disk_rewound',
        'disk_not_saved',
        'disk_too_large',
        'sandbox_unavailable',
      ),
    },
  }),
  wake: createRoute({
    operationId: 'wake',
    method: 'post',
    path: '/v1/sessions/{sessionId}/wake',
    tags,
    security: requires('sessions:write'),
    summary: 'Wake a session',
    description:
      'Starts the container and restores its disk, and answers once that is done. 200 also where it is awake.',
    request: { params: sessionParams },
    responses: { 200: json(Session, 'The session is awake.'), ...refusals(...ofSession, ...withSandbox) },
  }),
  fork: createRoute({
    operationId: 'fork',
    method: 'post',
    path: '/v1/sessions/{sessionId}/fork',
    tags,
    security: requires('sessions:write'),
    summary: 'Fork a session',
    description:
      'Opens a session with the disk and the log of this one, as they are now or were at a snapshot; then each goes its own way. No file is copied: both share what is stored, and it stays until neither needs it. The events keep their numbers. The fork sleeps; the session need not be awake. Now only while no turn runs; at most 64 forks of a session at a time. With an `id` of your own, a repeat with the same body is 200 and the same session.',
    request: {
      params: sessionParams,
      headers: idempotencyHeader,
      body: { content: { 'application/json': { schema: ForkSession } } },
    },
    responses: {
      200: json(Session, 'The session was forked already.'),
      201: json(Session, 'The new session.'),
      ...refusals(
        ...ofSession,
        ...withJson,
        'session_busy',
        'session_conflict',
        'session_deleted',
        'snapshot_not_found',
        'fork_limit_reached',
        'session_limit_reached',
        'idempotency_key_reused',
        'disk_not_saved',
        'disk_too_large',
      ),
    },
  }),
  getLogs: createRoute({
    operationId: 'getLogs',
    method: 'get',
    path: '/v1/sessions/{sessionId}/logs',
    tags,
    security: requires('sessions:read'),
    summary: "Read the container's logs",
    description:
      'Says what became of the container: when it started, why it did not, how it ended; and, where the platform hands that to the gateway (a local engine does, Cloudflare does not), what it printed. Neither starts the container nor keeps it awake.',
    request: {
      params: sessionParams,
      query: z.object({
        limit: count(1, 500, { description: 'The most lines, the newest; 200 unless told.', example: 200 }),
      }),
    },
    responses: { 200: json(ContainerLogs, 'The newest lines.'), ...refusals(...ofSession) },
  }),
};
