import { createRoute, z } from '@hono/zod-openapi';
import { Frame } from '../agent-event.ts';
import { SandboxResumeRequest } from '../decision.ts';
import { FilePath } from '../file.ts';
import { SandboxHealth } from '../health.ts';
import {
  afterQuery,
  fileAnswers,
  fileBody,
  fileListQuery,
  json,
  jsonBody,
  lastEventIdHeader,
  refusals,
  stream,
} from '../route-parts.ts';
import { InterruptRequest, InterruptResult, TurnId } from '../turn.ts';
import { SandboxChatRequest, SandboxResumeResult } from './chat.ts';

const security = [{ sandboxSecret: [] }];
const filePath = z.object({ path: FilePath });
const fileRefusals = [
  'invalid_request',
  'unauthorized',
  'forbidden',
  'file_not_found',
  'file_conflict',
  'sandbox_error',
] as const;

/** The server inside the sandbox. */
export const sandboxRoutes = {
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
    description: 'Streams the turn. A turn that is known already is followed from its first frame, never run again.',
    security,
    request: { body: jsonBody(SandboxChatRequest) },
    responses: {
      200: stream(Frame, 'The frames of the turn; the stream ends after `complete`.'),
      ...refusals(
        'invalid_request',
        'malformed_json',
        'unauthorized',
        'forbidden',
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
      200: stream(Frame, 'The frames after the cursor; the stream ends after `complete`.'),
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
  listFiles: createRoute({
    operationId: 'listFiles',
    method: 'get',
    path: '/files',
    tags: ['Files'],
    summary: 'List a directory',
    description: 'Lists what a directory of the workspace holds.',
    security,
    request: { query: fileListQuery },
    responses: { 200: fileAnswers.list, ...refusals(...fileRefusals) },
  }),
  readFile: createRoute({
    operationId: 'readFile',
    method: 'get',
    path: '/files/{path}',
    tags: ['Files'],
    summary: 'Read a file',
    description: 'Answers the bytes of a file.',
    security,
    request: { params: filePath },
    responses: { 200: fileAnswers.read, ...refusals(...fileRefusals) },
  }),
  writeFile: createRoute({
    operationId: 'writeFile',
    method: 'put',
    path: '/files/{path}',
    tags: ['Files'],
    summary: 'Write a file',
    description: 'Creates or replaces a file as a whole, and its directories. A failed write leaves the old content.',
    security,
    request: { params: filePath, body: fileBody },
    responses: {
      200: fileAnswers.replaced,
      201: fileAnswers.created,
      ...refusals(...fileRefusals, 'disk_full'),
    },
  }),
  deleteFile: createRoute({
    operationId: 'deleteFile',
    method: 'delete',
    path: '/files/{path}',
    tags: ['Files'],
    summary: 'Delete a file',
    description: 'Deletes a file, a link or an empty directory.',
    security,
    request: { params: filePath },
    responses: { 204: fileAnswers.deleted, ...refusals(...fileRefusals) },
  }),
};
