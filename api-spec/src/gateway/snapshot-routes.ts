import { createRoute, z } from '@hono/zod-openapi';
import { json, refusals } from '../route-parts.ts';
import { Session, SessionId } from '../session.ts';
import { CreateSnapshot, Snapshot, SnapshotId, SnapshotList } from '../snapshot.ts';
import { idempotencyHeader, ofSession, requires, sessionParams, withJson } from './route-parts.ts';

const tags = ['Snapshots'];
const params = z.object({ sessionId: SessionId, snapshotId: SnapshotId });

export const snapshotRoutes = {
  createSnapshot: createRoute({
    operationId: 'createSnapshot',
    method: 'post',
    path: '/v1/sessions/{sessionId}/snapshots',
    tags,
    security: requires('sessions:write'),
    summary: 'Take a snapshot',
    description:
      'Keeps the disk as it is now, until it is deleted or its session is. It takes no space but that of what is changed later. At most 32 in a session, and none while a turn runs.',
    request: {
      params: sessionParams,
      headers: idempotencyHeader,
      body: { content: { 'application/json': { schema: CreateSnapshot } } },
    },
    responses: {
      201: json(Snapshot, 'The snapshot.'),
      ...refusals(
        ...ofSession,
        ...withJson,
        'session_busy',
        'disk_rewound',
        'snapshot_limit_reached',
        'idempotency_key_reused',
        'disk_not_saved',
        'disk_too_large',
      ),
    },
  }),
  listSnapshots: createRoute({
    operationId: 'listSnapshots',
    method: 'get',
    path: '/v1/sessions/{sessionId}/snapshots',
    tags,
    security: requires('sessions:read'),
    summary: 'List the snapshots',
    description: 'Lists the snapshots of a session, the oldest first.',
    request: { params: sessionParams },
    responses: { 200: json(SnapshotList, 'The snapshots.'), ...refusals(...ofSession) },
  }),
  deleteSnapshot: createRoute({
    operationId: 'deleteSnapshot',
    method: 'delete',
    path: '/v1/sessions/{sessionId}/snapshots/{snapshotId}',
    tags,
    security: requires('sessions:write'),
    summary: 'Delete a snapshot',
    description: 'Deletes a snapshot and what it alone needed. The disk stays as it is.',
    request: { params },
    responses: { 204: { description: 'The snapshot is gone.' }, ...refusals(...ofSession, 'snapshot_not_found') },
  }),
  restoreSnapshot: createRoute({
    operationId: 'restoreSnapshot',
    method: 'post',
    path: '/v1/sessions/{sessionId}/snapshots/{snapshotId}/restore',
    tags,
    security: requires('sessions:write'),
    summary: 'Go back to a snapshot',
    description:
      'Ends the container and has the next one begin with the disk of the snapshot. What was changed since is lost, unless another snapshot has it. The log stays as it is.',
    request: { params },
    responses: {
      200: json(Session, 'The session, which sleeps.'),
      ...refusals(...ofSession, 'snapshot_not_found', 'session_busy', 'sandbox_unavailable'),
    },
  }),
};
