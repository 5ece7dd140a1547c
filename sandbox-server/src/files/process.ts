import { createServer } from 'node:http2';
import { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { diskRoutes } from '../disk/routes.ts';
import { filesApp } from './app.ts';
import { settings, socketFd } from './connection.ts';
import { Workspace } from './workspace.ts';

/**
 * The files process: answers the one connection that it was started with, and ends with it.
 *
 * @param home where it is a part of the disk of its own.
 */
export function runFilesProcess(workspace: string, home?: string): void {
  const app = filesApp(new Workspace(workspace));
  diskRoutes(app, { workspace, ...(home !== undefined && { home }) });
  const listener = getRequestListener(app.fetch as Parameters<typeof getRequestListener>[0]);
  const server = createServer({ settings }, listener);
  server.emit('connection', new Socket({ fd: socketFd, readable: true, writable: true }));
}
