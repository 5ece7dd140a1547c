import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Response } from 'miniflare';
import type { Asked } from './internet.ts';

/** A repository with one commit, which a program of git's own hands out by its "smart" HTTP protocol. */
export class GitServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'sandgate-git-'));
  readonly commit: string;

  constructor() {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
        cwd: this.#folder,
        encoding: 'utf8',
      }).trim();
    git('init', '-q');
    writeFileSync(join(this.#folder, 'README.md'), 'cloned over HTTPS\n');
    git('add', '.');
    git('commit', '-q', '-m', 'one');
    this.commit = git('rev-parse', 'HEAD');
  }

  /** The reference discovery, or what is asked of the service after it (gitprotocol-http). */
  answer({ url, headers, body }: Asked): Response {
    const isDiscovery = url.endsWith('/info/refs?service=git-upload-pack');
    const args = ['upload-pack', '--stateless-rpc', ...(isDiscovery ? ['--advertise-refs'] : []), this.#folder];
    const env = { PATH: process.env.PATH, GIT_PROTOCOL: headers['git-protocol'] ?? '' };
    const answer = execFileSync('git', args, { env, ...(!isDiscovery && { input: body }) });
    const kind = isDiscovery ? 'advertisement' : 'result';
    return new Response(answer, { headers: { 'content-type': `application/x-git-upload-pack-${kind}` } });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
