import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { startedWorkerd } from '../machine.ts';
import { type BareServers, serverSession } from './bare-server.ts';
import type { Target } from './target.ts';

/** The least that a Worker can do: `/<port>/…` is answered by the server at that port. */
const worker = `export default {
  fetch(request) {
    const { pathname, search } = new URL(request.url);
    const [, port, ...path] = pathname.split('/');
    return fetch(new Request('http://127.0.0.1:' + port + '/' + path.join('/') + search, request));
  },
};`;

/** A plain Worker in front of the bare server, in a workerd of its own: without the container that it lies in elsewhere. */
export async function bareWorker(servers: BareServers): Promise<Target> {
  const [{ miniflare, url }, pids] = await startedWorkerd(async () => {
    const options = convertV4MiniflareOptions({
      host: '127.0.0.1',
      modules: [{ type: 'ESModule', path: 'index.js', contents: worker }],
      compatibilityDate: '2026-10-01',
      unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }], // As the gateway has: past the Worker that Miniflare puts before.
    });
    const miniflare = new Miniflare({ ...options, telemetry: { enabled: false } });
    return { miniflare, url: await miniflare.unsafeGetDirectURL() };
  });
  let opened = 0;
  return {
    name: 'bare Worker',
    pids,
    open: async () => serverSession(Number(url.port), `/${(await servers.get(opened++)).port}`),
    close: () => miniflare.dispose(),
  };
}
