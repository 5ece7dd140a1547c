#!/usr/local/bin/node
// Stands in for cloudflare/proxy-everything where no registry is to be had. The way in is as the real one's. Nothing goes
// out to the Worker: what the real one would take there is refused here, and what it lets pass, passes here too.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  strict: false,
  options: { 'http-ingress-address': { type: 'string' }, 'docker-gateway-cidr': { type: 'string' } },
});

const firewall = (...args) => execFileSync('iptables', ['-A', 'OUTPUT', ...args]);
firewall('-o', 'lo', '-j', 'ACCEPT');
firewall('-d', values['docker-gateway-cidr'], '-j', 'ACCEPT');
firewall('-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED', '-j', 'ACCEPT');
firewall('-p', 'tcp', '-j', 'REJECT');
firewall('-p', 'udp', '--dport', '53', '-j', 'REJECT');

const server = createServer(async (request, response) => {
  for await (const _ of request);
  if (request.method === 'PUT' && request.url === '/egress') response.writeHead(204).end();
  else if (request.url === '/ca') response.end('-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n');
  else response.writeHead(404).end();
});
server.on('connect', (request, socket, head) => {
  const [, host, port] = /^(.+):(\d+)$/.exec(request.headers['x-dst-addr'] ?? '') ?? [];
  const inside = connect({ host, port: Number(port), allowHalfOpen: true });
  socket.allowHalfOpen = true;
  socket.on('error', () => inside.destroy());
  inside.once('connect', () => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    inside.write(head);
    socket.pipe(inside).pipe(socket);
  });
  inside.on('error', () =>
    inside.bytesWritten > 0 ? socket.destroy() : socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
  );
  inside.on('close', () => socket.destroySoon?.());
});
const [, address, port] = /^(.+):(\d+)$/.exec(values['http-ingress-address']) ?? [];
server.listen(Number(port), address);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
