import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';

/**
 * In the place of the sandbox's own server: its turns say whatever their message tells them to, step by step, and its
 * answers are wrong in the way that the session's variable `LIE` names.
 *
 * A step is one of `{say: events}` (in one chunk), `{shout: {letter, times}}` (one long message), `{write: text}` (as it
 * is), `{flood: true}` (a line that never ends), `{drip: true}` (one that grows slowly), `{cut: times}` (ends each connection soon, so often),
 * `{await: 'answer'}`, `{exit: true}`, and, as the first, `{refuse: true}` (answers 503 once, and is another boot then).
 */
const { LIE: lie } = JSON.parse(process.env.SANDGATE_SESSION_ENV || '{}');
const turns = new Map();
const answered = Promise.withResolvers();
let bootId = `boot_${randomUUID()}`;
let refused = false;

class Turn {
  chunks = [];
  followers = new Set();
  cursor = 0;
  ended = false;
  cuts = 0;
  uncut = Promise.withResolvers();

  async play(steps) {
    for (const step of steps) {
      if (step.say) this.send(step.say.map((event) => frame(++this.cursor, event)).join(''), this.cursor);
      if (step.shout) this.send(frame(++this.cursor, loud(step.shout)), this.cursor);
      if (step.write) this.send(step.write, Number.POSITIVE_INFINITY);
      if (step.drip) this.send('data: ', Number.POSITIVE_INFINITY, drip);
      if (step.flood) this.send('data: ', Number.POSITIVE_INFINITY, flood);
      if (step.cut) await this.cut(step.cut);
      if (step.await) await answered.promise;
      if (step.exit) process.exit(1);
    }
    this.ended = true;
    if (!steps.some((step) => step.flood || step.drip)) for (const follower of this.followers) follower.end();
  }

  send(text, cursor, then = () => {}) {
    this.chunks.push({ text, cursor, then });
    for (const follower of this.followers) {
      follower.write(text);
      then(follower);
    }
  }

  cut(times) {
    this.cuts = times;
    for (const follower of this.followers) this.cutSoon(follower);
    return this.uncut.promise;
  }

  async cutSoon(follower) {
    follower.write(': \n\n');
    await sleep(100);
    this.followers.delete(follower);
    follower.end();
    if (--this.cuts === 0) this.uncut.resolve();
  }

  follow(response, after) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const missed = this.chunks.filter(({ cursor }) => cursor > after);
    response.write(`retry: 1\n\n${missed.map(({ text }) => text).join('')}`);
    for (const { then } of missed) then(response);
    if (this.ended && missed.every(({ then }) => then !== flood && then !== drip)) return response.end();
    this.followers.add(response);
    response.on('close', () => this.followers.delete(response));
    if (this.cuts > 0) this.cutSoon(response);
  }
}

const frame = (cursor, event) => `id: ${cursor}\ndata: ${JSON.stringify({ cursor, event })}\n\n`;

/** A message of a single letter, many times over. */
function loud({ letter, times }) {
  const content = [{ type: 'text', text: letter.repeat(times) }];
  return { type: 'message', message: { id: 'msg_loud', role: 'assistant', content } };
}

/** An entry that tells the headers of a request in its name. */
const entryOf = (headers) => ({
  path: JSON.stringify(headers),
  type: 'file',
  size: 0,
  mode: 0,
  modifiedAt: new Date(0).toISOString(),
});

/** What no file needs to say. */
const ofFile = {
  'content-type': 'text/html',
  'set-cookie': 'session=forged',
  'cache-control': 'public, max-age=31536000',
  'access-control-allow-origin': '*',
  'access-control-allow-credentials': 'true',
  'clear-site-data': '"*"',
  'content-disposition': 'inline; filename="x.html"',
  'content-security-policy': "default-src *; script-src 'unsafe-inline'",
  'content-location': 'https://evil.example',
  link: '<https://evil.example>; rel=preload',
  location: 'https://evil.example',
  refresh: '0; url=https://evil.example',
  'service-worker-allowed': '/',
  'strict-transport-security': 'max-age=0',
  'www-authenticate': 'Basic',
  'x-content-type-options': 'sniff',
  'x-request-id': 'req_forged',
  'ratelimit-policy': 'forged',
  'proxy-authenticate': 'Basic',
};

/** Writes as fast as it is read, for ever. */
function flood(response, piece = 'x'.repeat(16 * 1024)) {
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more).on('error', () => {});
  more();
}

/** Writes a letter now and then, for ever. */
function drip(response) {
  const letters = setInterval(() => response.write('x'), 200);
  response.on('close', () => clearInterval(letters)).on('error', () => {});
}

function answer(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function problem(response, status, code) {
  const body = {
    type: `urn:${code}`,
    title: code,
    status,
    detail: code,
    code,
    requestId: 'r',
    retryable: status === 503,
  };
  answer(response, status, body, { 'content-type': 'application/problem+json' });
}

const routes = {
  health(_, response) {
    if (lie === 'endless health') return flood(response.writeHead(200, { 'content-type': 'application/json' }));
    if (lie === 'unfinished health')
      return response.writeHead(200, { 'content-type': 'application/json' }).write('{"status": ');
    const about = { bootId, version: '1', agents: [], lastActivityAt: new Date().toISOString() };
    answer(response, 200, { status: 'idle', ...about });
  },
  chat(_, response, body) {
    const { turnId, messages, expectedBootId } = JSON.parse(body);
    if (expectedBootId !== bootId) return problem(response, 412, 'boot_mismatch');
    const steps = JSON.parse(messages[0].content);
    if (steps[0].refuse && !refused) {
      refused = true;
      bootId = `boot_${randomUUID()}`;
      return problem(response, 503, 'sandbox_unavailable');
    }
    const known = turns.get(turnId);
    const turn = known ?? new Turn();
    turns.set(turnId, turn);
    turn.follow(response, 0);
    if (!known) turn.play(steps);
  },
  turns({ pathname, searchParams }, response) {
    const turn = turns.get(pathname.split('/')[2]);
    if (turn) turn.follow(response, Number(searchParams.get('after')));
    else problem(response, 404, 'turn_not_found');
  },
  resume(_, response, body) {
    const { requestId, decision } = JSON.parse(body);
    answer(response, 200, { requestId, turnId: [...turns.keys()].at(-1), decision });
    answered.resolve();
  },
  async interrupt(_, response) {
    if (lie === 'slow interrupt') return sleep(5000).then(() => problem(response, 503, 'sandbox_unavailable'));
    answer(response, 200, { interrupted: false });
  },
  files(_, response) {
    if (lie === 'echo') return answer(response, 200, { data: heard.map(entryOf), nextCursor: null, hasMore: false });
    if (lie === 'short file')
      return response.writeHead(200, { 'content-length': 1000 }).end('x'.repeat(10), () => response.destroy());
    if (lie === 'headers of a file') return response.writeHead(200, ofFile).end('bytes');
    if (lie === 'endless list') return flood(response.writeHead(200, { 'content-type': 'application/json' }));
    if (lie === 'no list') return answer(response, 200, { data: 'nothing', secret: 'x' });
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'a=b' });
    response.end('<script>alert(origin)</script>');
  },
};

const html = { 'content-type': 'text/html' };

/** Answers to whatever is asked of turns and files, each wrong as a whole. */
const lies = {
  redirect: (response) => response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
  'redirect to itself': (response) => response.writeHead(302, { location: '/health' }).end(),
  'another protocol': ({ socket }) =>
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nx'),
  'no HTTP': ({ socket }) => socket.end('220 mail.example ESMTP\r\n'),
  'two answers': ({ socket }) =>
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]`),
  'two lengths': ({ socket }) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 9\r\n\r\n{}'),
  'many headers': ({ socket }) => socket.end(`HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(100_000)}\r\n`),
  'a page': (response) => response.writeHead(200, html).end('<script>alert(origin)</script>'),
  nothing: (response) => response.writeHead(204).end(),
  'a cut': (response) => response.destroy(),
  bomb: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    const gzip = createGzip();
    gzip.pipe(response);
    flood(gzip, Buffer.alloc(64 * 1024, ' '));
  },
  'a head that never ends': ({ socket }) => {
    socket.write('HTTP/1.1 200 OK\r\nX-Long: ');
    const drip = setInterval(() => socket.write('x'), 500);
    socket.on('close', () => clearInterval(drip)).on('error', () => {});
  },
  silence: () => {},
};

/** The headers of all that was asked of turns and files. */
const heard = [];

async function serve(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const url = new URL(request.url, 'http://sandbox');
  if (/^\/(files|stat|archive|chat|turns)\b/.test(url.pathname)) {
    heard.push({ ...request.headers });
    if (lie in lies) return lies[lie](response);
  }
  const route = routes[url.pathname.split('/')[1]];
  if (route) await route(url, response, body);
  else problem(response, 404, 'not_found');
}

createServer((request, response) => {
  serve(request, response).catch(() => response.destroy());
}).listen(8080, '0.0.0.0');
