import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { agentsOf } from './agents/agents.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { Connections } from './connections.ts';
import { Disk } from './disk/disk.ts';
import { FilesProxy } from './files/proxy.ts';
import { log } from './logger.ts';
import { Notes } from './notes.ts';
import { ParkingPlace } from './parking-place.ts';
import { Turns } from './turns.ts';

/**
 * How long the followers of a stopped turn have to read what they have not seen of it, in milliseconds: it may be much. The
 * gateway waits for twice that.
 */
const readToEndMs = 5_000;

/** How long a server that was told to stop waits until what it parked is saved, in milliseconds: less than its stop may take. */
const savedLimitMs = 60_000;

/** Starts the server. Resolves once it listens, with what stops it. */
export async function startServer(config: Config): Promise<{ port: number; stop(): Promise<void> }> {
  mkdirSync(config.dataDirectory, { recursive: true, mode: 0o700 });
  chmodSync(config.dataDirectory, 0o700);
  if (config.secret === undefined) log('auth_off', { why: 'SANDGATE_INSECURE_NO_AUTH=1' });
  if (config.tools.uid === undefined)
    log('tools_share_user', { warning: 'No SANDGATE_TOOLS_UID: approvals do not bind hostile code.' });

  const disk = new Disk(config.awaitDisk);
  const place = new ParkingPlace(join(config.dataDirectory, 'parked.json'));
  const parking = { place, afterMs: config.parkAfterSeconds * 1_000 };
  const turns = new Turns(agentsOf(config), new Notes(config.tools, config.dataDirectory), parking, disk);
  const files = new FilesProxy(config.tools);
  // A process of its own: a save reads for as long as there is something, and nobody's file shall wait for it.
  const trees = new FilesProxy(config.tools, config.home);
  const app = createApp(config, { turns, files, disk, trees });

  // On all addresses: a container's own loopback cannot be reached from outside of it.
  const serverOptions = { requestTimeout: 0, keepAliveTimeout: 75_000 };
  const server = serve({ fetch: app.fetch, hostname: '0.0.0.0', port: config.port, serverOptions }) as Server;
  const connections = new Connections(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  log('listening', { port, bootId: turns.bootId });

  return {
    port,
    async stop() {
      connections.expectEnd();
      const saved = disk.saved(savedLimitMs); // From now on: it may be quicker than the rest of the stop.
      const isParked = await turns.close();
      if (isParked && config.awaitDisk) await saved;
      files.close();
      trees.close();
      await connections.end(readToEndMs);
    },
  };
}
