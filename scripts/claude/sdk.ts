import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const name = '@anthropic-ai/claude-agent-sdk';
const root = join(import.meta.dirname, '../..');

/** Where the SDK is installed: not among the packages of the workspaces, which nobody should have to download it for. */
export const sdkFolder = join(root, 'node_modules/.cache/claude-agent-sdk');

/** The one version that the sandbox server is held against. */
function wantedVersion(): string {
  const { peerDependencies } = JSON.parse(readFileSync(join(root, 'sandbox-server/package.json'), 'utf8'));
  return peerDependencies[name];
}

function installedVersion(): string | undefined {
  const file = join(sdkFolder, 'node_modules', name, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

/**
 * Installs the SDK with its CLI from the npm registry, once. Its peers are for those who write tools in it.
 *
 * @throws where npm fails.
 */
export function installSdk(): void {
  const version = wantedVersion();
  if (installedVersion() === version) return;
  console.error(`Installing ${name} ${version} into ${sdkFolder} (about 400 MB, once) …`);
  mkdirSync(sdkFolder, { recursive: true });
  writeFileSync(join(sdkFolder, 'package.json'), JSON.stringify({ private: true, dependencies: { [name]: version } }));
  const options = ['--legacy-peer-deps', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=http'];
  const { status } = spawnSync('npm', ['install', ...options], { cwd: sdkFolder, stdio: ['ignore', 2, 2] });
  if (status !== 0 || installedVersion() !== version)
    throw new Error(`npm could not install ${name} ${version}: it ended with ${status}.`);
}
