/**
 * A bot that reviews diffs, each in a sandbox, and has a person say whether what the agent wants to do is done. It polls
 * nothing: Sandgate tells it by webhook that somebody is waited for, and that a review is done.
 *
 *   export SANDGATE_BASE_URL=http://127.0.0.1:8787 SANDGATE_API_KEY=…   # as `npm start` prints them
 *   node examples/code-review-bot.ts
 *   git diff HEAD~3 | curl --data-binary @- http://127.0.0.1:3000/reviews
 *
 * Then it says what is asked, and how to answer. All but /webhook is for your people: put your login before it.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Sandgate, type WebhookEvent } from '@sandgate/client';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

// `shell` runs what it is told. An agent with a model is told: "Review change.diff."
const task = `grep -nE '^\\+.*(TODO|FIXME|console\\.log)' change.diff || echo 'Nothing to say.'`;
const client = new Sandgate();
const notify = (message: string) => console.log(message); // Rather where your people are: a chat, with two buttons.
type Answer = [status: number, body?: string];

async function review(diff: string): Promise<Answer> {
  const expiresAt = new Date(Date.now() + 7 * 86_400_000).toISOString(); // Nobody deletes it otherwise.
  const session = await client.sessions.create({ metadata: { bot: 'review' }, expiresAt });
  await session.files.write('change.diff', diff);
  await session.turns.start(task);
  return [202, `${session.id}\n`];
}

/** An event may come twice, and says only where something happened. What it was is read with the key. */
async function hear(body: string, headers: IncomingMessage['headers']): Promise<Answer> {
  const { type, data } = webhook.verify(body, headers as Record<string, string>) as WebhookEvent;
  if (type === 'permission.requested') {
    const requests = await Array.fromAsync(client.sessions.handle(data.sessionId).requests());
    const request = requests.find(({ requestId }) => requestId === data.requestId);
    const answers = `${url}/answers/${data.sessionId}/${data.requestId}`;
    if (request) notify(`${request.title} ${JSON.stringify(request.input)}\n  curl -d allow ${answers}   # or deny`);
  } else if (type === 'turn.completed') {
    const turn = await client.sessions.handle(data.sessionId).turns.get(data.turnId);
    notify(`${data.sessionId} is reviewed (${turn.stopReason}):\n${turn.outputText}`);
  }
  return [204];
}

async function answer(decision: string, path: string): Promise<Answer> {
  const [sessionId = '', requestId = ''] = path.split('/').slice(2);
  await client.sessions.handle(sessionId).resume({ requestId, decision: decision === 'allow' ? 'allow' : 'deny' });
  return [200, `${decision}\n`];
}

async function route({ method, url: path = '', headers }: IncomingMessage, body: string): Promise<Answer> {
  if (method !== 'POST') return [405];
  if (path === '/reviews') return review(body);
  if (path === '/webhook') return hear(body, headers);
  return path.startsWith('/answers/') ? answer(body, path) : [404];
}

const server = createServer(async (request, response) => {
  const [status, body] = await text(request)
    .then((body) => route(request, body))
    .catch((error): Answer => [error instanceof WebhookVerificationError ? 400 : 500, `${error}\n`]);
  response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}).listen(Number(process.env.PORT ?? 3000), '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const endpoint = { url: `${process.env.PUBLIC_URL ?? url}/webhook` };
for await (const earlier of client.webhooks.list())
  if (earlier.url === endpoint.url) await client.webhooks.delete(earlier.id); // Its secret went with its run.
const { secret } = await client.webhooks.create({ ...endpoint, events: ['permission.requested', 'turn.completed'] });
const webhook = new Webhook(secret);
console.log(`Send a diff to ${url}/reviews`);
