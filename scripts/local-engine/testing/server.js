// The program inside the test image: it shows what a sandbox sees, and does what a test asks.
const http = require('node:http');
const { execFile } = require('node:child_process');

const routes = {
  '/environment': (_query, response) => response.end(JSON.stringify(process.env)),
  '/run': (query, response) => {
    const tools = query.get('as') === 'tools' ? { uid: 1000, gid: 1000 } : {};
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
  '/exit': (query, response) => response.end('bye', () => process.exit(Number(query.get('code')))),
};

http
  .createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    (routes[pathname] ?? ((_query, other) => other.end('hello')))(searchParams, response);
  })
  .listen(8080, '0.0.0.0');
http.createServer((_request, response) => response.end('only from inside')).listen(9090, '127.0.0.1');
