// The Worker of the tests: the real Sandbox class, unchanged, and an egress handler that says who asked for what.
import { Sandbox as Base, ContainerProxy, getSandbox } from '@cloudflare/sandbox';

export { ContainerProxy };

export class Sandbox extends Base {
  enableInternet = false;
  envVars = { SECRET_TOKEN: 'hunter2' };
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
    const port = Number(url.searchParams.get('port') ?? 8080);
    return sandbox.containerFetch(new Request(`http://container/${path.join('/')}${url.search}`, request), port);
  },
};
