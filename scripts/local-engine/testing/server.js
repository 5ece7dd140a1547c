// The program inside the test image: it shows what a sandbox sees, and does what a test asks.
const http = require('node:http');
const { execFile } = require('node:child_process');
const { createHash } = require('node:crypto');

let aborted = 0;

const routes = {
  '/environment': (_query, response) => response.end(JSON.stringify(process.env)),
  '/run': (query, response) => {
    const { SANDGATE_TOOLS_UID: uid } = process.env;
    // Without it there is one user only.
    const tools = query.get('as') === 'tools' && uid ? { uid: Number(uid), gid: Number(uid) } : {};
    execFile('sh', ['-c', query.get('command')], tools, (error, stdout, stderr) => {
      response.end(JSON.stringify({ status: error ? error.code : 0, stdout, stderr }));
    });
  },
  '/fetch': (query, response) =>
    fetch(query.get('url')).then(
      async (answer) => response.end(JSON.stringify({ status: answer.status, body: await answer.text() })),
      (error) => response.end(JSON.stringify({ error: String(error.cause ?? error) })),
    ),
  '/events': (_query, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let sent = 0;
    const timer = setInterval(() => {
      response.write(`data: ${++sent}\n\n`);
      if (sent === 4) response.end(clearInterval(timer));
    }, 60);
  },
  '/upload': async (_query, response, request) => {
    const digest = createHash('sha256');
    for await (const chunk of request) digest.update(chunk);
    response.end(digest.digest('hex'));
  },
  '/endless': (_query, response) => {
    response.write('begun\n');
    response.once('close', () => {
      aborted++;
    });
  },
  '/aborted': (_query, response) => response.end(String(aborted)),
  '/exit': (query, response) => response.end('bye', () => process.exit(Number(query.get('code')))),
};

const server = http
  .createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    (routes[pathname] ?? ((_query, other) => other.end('hello')))(searchParams, response, request);
  })
  .listen(8080, '0.0.0.0');

/** A WebSocket that sends back short messages in capitals. */
server.on('upgrade', (request, socket) => {
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  socket.on('error', () => {});
  socket.on('data', (frame) => {
    if ((frame[0] & 15) !== 1) return socket.end();
    const mask = frame.subarray(2, 6);
    const text = frame.subarray(6).map((byte, index) => byte ^ mask[index % 4]);
    const answer = Buffer.from(Buffer.from(text).toString().toUpperCase());
    socket.write(Buffer.concat([Buffer.from([0x81, answer.length]), answer]));
  });
});
http.createServer((_request, response) => response.end('only from inside')).listen(9090, '127.0.0.1');
