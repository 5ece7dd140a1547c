import { createRoute, z } from '@hono/zod-openapi';
import { FilePath } from '../file.ts';
import { fileAnswers, fileBody, fileListQuery, refusals } from '../route-parts.ts';
import { SessionId } from '../session.ts';
import { ofSession, security, sessionParams, withSandbox } from './route-parts.ts';

const tags = ['Files'];
const params = z.object({ sessionId: SessionId, path: FilePath });
const codes = [...ofSession, ...withSandbox, 'file_not_found', 'file_conflict', 'forbidden'] as const;

export const fileRoutes = {
  listFiles: createRoute({
    operationId: 'listFiles',
    method: 'get',
    path: '/v1/sessions/{sessionId}/files',
    tags,
    security,
    summary: 'List a directory',
    description: 'Lists what a directory of the workspace holds.',
    request: { params: sessionParams, query: fileListQuery },
    responses: { 200: fileAnswers.list, ...refusals(...codes) },
  }),
  readFile: createRoute({
    operationId: 'readFile',
    method: 'get',
    path: '/v1/sessions/{sessionId}/files/{path}',
    tags,
    security,
    summary: 'Read a file',
    description: 'Answers the bytes of a file, as an attachment that no browser will run.',
    request: { params },
    responses: { 200: fileAnswers.read, ...refusals(...codes) },
  }),
  writeFile: createRoute({
    operationId: 'writeFile',
    method: 'put',
    path: '/v1/sessions/{sessionId}/files/{path}',
    tags,
    security,
    summary: 'Write a file',
    description: 'Creates or replaces a file as a whole, and its directories. A failed write leaves the old content.',
    request: { params, body: fileBody },
    responses: {
      200: fileAnswers.replaced,
      201: fileAnswers.created,
      ...refusals(...codes, 'disk_full'),
    },
  }),
  deleteFile: createRoute({
    operationId: 'deleteFile',
    method: 'delete',
    path: '/v1/sessions/{sessionId}/files/{path}',
    tags,
    security,
    summary: 'Delete a file',
    description: 'Deletes a file, a link or an empty directory.',
    request: { params },
    responses: { 204: fileAnswers.deleted, ...refusals(...codes) },
  }),
};
