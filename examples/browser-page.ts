/**
 * A page that talks with an agent by itself: your server hands it a token for one session, and never shows it your key.
 *
 *   export SANDGATE_BASE_URL=http://127.0.0.1:8787 SANDGATE_API_KEY=…   # as `npm start` prints them
 *   node examples/browser-page.ts                                       # then open http://127.0.0.1:3000
 *
 * Whoever may POST /session gets a sandbox: put your login before it.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sandgate } from '@sandgate/client';

const { SANDGATE_BASE_URL: baseUrl } = process.env;
const client = new Sandgate();
const page = readFileSync(new URL('browser-page.html', import.meta.url));
const script = readFileSync(new URL(import.meta.resolve('@sandgate/client'))); // It needs no bundler.

/** A session of the visitor's own, and what opens it to this page, for an hour at most. */
async function open() {
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString(); // Nobody deletes it otherwise.
  const session = await client.sessions.create({ metadata: { from: 'browser-page' }, expiresAt });
  const { token } = await session.tokens.create({
    scopes: ['sessions:read', 'turns:write', 'requests:write'],
    allowedOrigins: [origin],
  });
  return { baseUrl, sessionId: session.id, token };
}

const server = createServer((request, response) => {
  const say = (type: string, body: string | Buffer) => response.setHeader('content-type', type).end(body);
  const route = `${request.method} ${request.url}`;
  if (route === 'GET /') say('text/html; charset=utf-8', page);
  else if (route === 'GET /sandgate.js') say('text/javascript', script);
  else if (route === 'POST /session')
    open().then(
      (opened) => say('application/json', JSON.stringify(opened)),
      (error) => response.writeHead(502).end(String(error)),
    );
  else response.writeHead(404).end();
}).listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
await once(server, 'listening');
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
console.log(`Open ${origin}`);
