import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../dev/free-port.ts';
import { family } from '../machine.ts';
import { type BareServers, serverSession } from './bare-server.ts';
import type { Target } from './target.ts';

/** nginx as a reverse proxy as it is set up for streams: one process, nothing buffered, no access log. */
const configuration = (folder: string, port: number) => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  server {
    listen 127.0.0.1:${port};
    location ~ ^/(?<upstream>\\d+)(?<path>/.*)$ {
      proxy_pass http://127.0.0.1:$upstream$path$is_args$args;
      proxy_http_version 1.1;
      proxy_buffering off;
      proxy_read_timeout 600s;
    }
  }
}`;

/** nginx in front of the sandbox server; or why it cannot be had. */
export async function nginx(servers: BareServers, root: string): Promise<Target | string> {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
  } catch {
    return 'not measured: nginx is not installed (apt-get install nginx-light)';
  }
  const folder = join(root, 'nginx');
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  writeFileSync(join(folder, 'nginx.conf'), configuration(folder, port));
  const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  await answers(child, port);
  let opened = 0;
  return {
    name: 'nginx',
    pids: family(child.pid as number),
    open: async () => serverSession(port, `/${(await servers.get(opened++)).port}`),
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function answers(child: ChildProcess, port: number): Promise<void> {
  while (!(await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))) {
    if (child.exitCode !== null) throw new Error('nginx ended: see its error.log.');
    await sleep(10);
  }
}
