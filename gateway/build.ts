import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Puts the scripts of the `/docs` page among the assets, then bundles the Worker as `wrangler deploy` would. */
const here = import.meta.dirname;
const scalar = join(fileURLToPath(import.meta.resolve('@scalar/api-reference')), '../browser/standalone.js');
const assets = join(here, 'assets/assets/docs');
rmSync(join(here, 'assets'), { recursive: true, force: true }); // What an earlier build put there would be deployed.
mkdirSync(assets, { recursive: true });
cpSync(scalar, join(assets, 'scalar.js'));
cpSync(join(here, 'src/routes/docs/browser.js'), join(assets, 'browser.js'));

const wrangler = join(dirname(createRequire(import.meta.url).resolve('wrangler/package.json')), 'bin/wrangler.js');
execFileSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--containers-rollout=none', '--outdir', 'dist'], {
  cwd: here,
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
});
