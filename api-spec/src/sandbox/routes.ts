import { createRoute, z } from '@hono/zod-openapi';
import { Frame } from '../agent-event.ts';
import { SandboxResumeRequest } from '../decision.ts';
import { fileRoutes } from '../file-routes.ts';
import { SandboxHealth } from '../health.ts';
import { afterQuery, json, jsonBody, lastEventIdHeader, refusals, stream } from '../route-parts.ts';
import { InterruptRequest, InterruptResult, TurnId } from '../turn.ts';
import { SandboxChatRequest, SandboxResumeResult } from './chat.ts';
import { DiskFrames, diskBoot, diskParams, diskSaveQuery } from './disk.ts';

const security = [{ sandboxSecret: [] }];
const frames = { content: { 'application/octet-stream': { schema: DiskFrames } } };
const diskRefusals = [
  'invalid_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'boot_mismatch',
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
  ...fileRoutes({
    prefix: '',
    security: { read: security, write: security },
    params: {},
    codes: ['invalid_request', 'unauthorized', 'sandbox_error'],
  }),
  saveDisk: createRoute({
    operationId: 'saveDisk',
    method: 'post',
    path: '/disk/{tree}/save',
    tags: ['Disk'],
    summary: 'Save a part of the disk',
    description:
      'Takes the manifest of the last save, and answers what is new since in packs, then the new manifest, then `end`. What breaks off before its `end` is no save.',
    security,
    request: { params: diskParams, query: diskSaveQuery, body: { required: true, ...frames } },
    responses: { 200: { description: 'The frames of the save.', ...frames }, ...refusals(...diskRefusals) },
  }),
  restoreDisk: createRoute({
    operationId: 'restoreDisk',
    method: 'put',
    path: '/disk/{tree}',
    tags: ['Disk'],
    summary: 'Restore a part of the disk',
    description:
      'Takes a manifest and its packs, and replaces all that is there. Each piece is held against its digest. Only before the disk is ready.',
    security,
    request: { params: diskParams, query: diskBoot, body: { required: true, ...frames } },
    responses: {
      204: { description: 'All of it is there.' },
      ...refusals(...diskRefusals, 'disk_full', 'session_busy'),
    },
  }),
  diskReady: createRoute({
    operationId: 'setDiskReady',
    method: 'post',
    path: '/disk/ready',
    tags: ['Disk'],
    summary: 'Say that the disk is as it shall be',
    description: 'Until then the server is `starting`, and takes no turn and no file. A repeat is 204 too.',
    security,
    request: { query: diskBoot },
    responses: { 204: { description: 'The server is ready.' }, ...refusals(...diskRefusals) },
  }),
  diskSaved: createRoute({
    operationId: 'setDiskSaved',
    method: 'post',
    path: '/disk/saved',
    tags: ['Disk'],
    summary: 'Say that the disk is saved',
    description:
      'Told behind each save: a server that stops with a parked turn waits for it, and no longer than a minute.',
    security,
    request: { query: diskBoot },
    responses: { 204: { description: 'The server knows.' }, ...refusals(...diskRefusals) },
  }),
};
