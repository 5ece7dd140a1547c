import { BareServer, type BareServers, serverSession } from './bare-server.ts';
import type { Target } from './target.ts';

/** The sandbox server itself: nothing stands between. */
export function direct(servers: BareServers, folder: string): Target {
  let opened = 0;
  return {
    name: 'direct',
    pids: [],
    open: async () => serverSession((await servers.get(opened++)).port, ''),
    async openCold() {
      const server = await BareServer.start(folder);
      return { session: await serverSession(server.port, '', { isWarm: false }), end: () => server.stop() };
    },
    close: async () => {},
  };
}
