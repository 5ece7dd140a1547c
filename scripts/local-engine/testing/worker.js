// The Worker of the tests: the real Sandbox class, unchanged, and an egress handler that says who asked for what.
import { Sandbox as Base, ContainerProxy, getSandbox } from '@cloudflare/sandbox';

export { ContainerProxy };

export class Sandbox extends Base {
  enableInternet = false;
  envVars = { SECRET_TOKEN: 'hunter2' };

  /** Cloudflare's own `exec` of the container, without the SDK's control server. */
  async execute({ command, input, kill, ...options }) {
    const child = await this.ctx.container.exec(command, { ...options, ...(input !== undefined && { stdin: 'pipe' }) });
    if (input !== undefined) {
      const writer = child.stdin.getWriter();
      await writer.write(new TextEncoder().encode(input));
      await writer.close();
    }
    if (kill) child.kill(kill);
    const { stdout, stderr, exitCode } = await child.output();
    const decode = (bytes) => new TextDecoder().decode(bytes);
    return { stdout: decode(stdout), stderr: decode(stderr), exitCode };
  }
}

Sandbox.outboundByHost = {
  'model.test': async (request, _env, context) =>
    Response.json({ url: request.url, method: request.method, sandbox: context.containerId }),
};

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const [, id, ...path] = url.pathname.split('/');
    const sandbox = getSandbox(env.SANDBOX, id, { normalizeId: true });
    if (path[0] === 'destroy') return Response.json({ destroyed: await sandbox.destroy() });
    if (path[0] === 'exec') return Response.json(await sandbox.execute(await request.json()));
    if (request.headers.get('upgrade') === 'websocket') return sandbox.wsConnect(request, 8080);
    const port = Number(url.searchParams.get('port') ?? 8080);
    return sandbox.containerFetch(new Request(`http://container/${path.join('/')}${url.search}`, request), port);
  },
};
