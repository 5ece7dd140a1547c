import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Makes images that stand in for the two of docker.io, where no registry is to be had but a mirror of Debian is:
 *
 *     node scripts/docker-engine/stand-in/images.ts
 *     MINIFLARE_CONTAINER_EGRESS_IMAGE=localhost/proxy-everything:stand-in npm start -- --engine docker
 *
 * The base of the sandbox gets the name that the Dockerfile asks for, so that this builds as it is. Needs Podman and
 * mmdebstrap; it takes a minute or three.
 */
const base = 'docker.io/cloudflare/sandbox:0.12.10';
const sidecar = 'localhost/proxy-everything:stand-in';
const packages = 'ca-certificates,curl,git,iproute2,iptables,jq,procps';
const node = resolve(import.meta.dirname, '../../../node_modules/node/bin/node');

const folder = mkdtempSync(join(tmpdir(), 'sandgate-stand-in-'));
const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: folder, stdio: 'inherit' });

try {
  run('mmdebstrap', '--variant=minbase', `--include=${packages}`, 'bookworm', 'debian.tar');
  copyFileSync(node, join(folder, 'node'));
  writeFileSync(join(folder, 'base'), 'FROM scratch\nADD debian.tar /\nCOPY node /usr/local/bin/node\n');
  run('podman', 'build', '--tag', base, '--file', 'base', '.');

  copyFileSync(join(import.meta.dirname, 'proxy-everything.js'), join(folder, 'proxy-everything.mjs'));
  const lines = [`FROM ${base}`, 'COPY proxy-everything.mjs /', 'RUN ln -s /proxy-everything.mjs /proxy-everything'];
  writeFileSync(join(folder, 'sidecar'), [...lines, 'RUN chmod +x /proxy-everything.mjs', ''].join('\n'));
  run('podman', 'build', '--tag', sidecar, '--file', 'sidecar', '.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
