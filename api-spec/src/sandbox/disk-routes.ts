import { createRoute } from '@hono/zod-openapi';
import { refusals } from '../route-parts.ts';
import { DiskFrames, diskBoot, diskParams, diskSaveQuery } from './disk.ts';
import { security } from './security.ts';

const frames = { content: { 'application/octet-stream': { schema: DiskFrames } } };
const diskRefusals = [
  'invalid_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'boot_mismatch',
  'sandbox_error',
] as const;

/** How what outlives a container is saved, and comes back. */
export const diskRoutes = {
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
