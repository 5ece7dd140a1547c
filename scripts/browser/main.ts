import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { commandLine } from '../dev/command-line.ts';
import { startStack } from '../dev/stack.ts';
import { Checks } from './checks.ts';
import { chromiumPackages, chromiumPath } from './chromium.ts';
import { checkDocsPage } from './docs-page.ts';
import { checkEventSource } from './event-source.ts';
import { checkExample } from './example.ts';
import { checkKeyLink } from './key-link.ts';

/** `npm run test:browser`: what a browser makes of Sandgate, in headless Chromium. */
const values = commandLine({
  name: 'npm run test:browser',
  about: 'What a browser makes of Sandgate, in headless Chromium.',
  options: { shots: { type: 'string', about: 'a folder for screenshots' } },
});

const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];

function browserPath(): string {
  if (chromiumPath) return chromiumPath;
  if (process.getuid?.() !== 0 || process.env.SANDGATE_SKIP_SYSTEM_PACKAGES)
    throw new Error(`This needs Chromium. Install it, then come back:\n\n    sudo ${chromiumPackages}\n`);
  console.log('Installing chromium with apt-get …');
  execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('apt-get', chromiumPackages.split(' ').slice(1), {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return '/usr/bin/chromium';
}

const folder = mkdtempSync(join(tmpdir(), 'sandgate-browser-'));
const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', ...quiet] });
const stack = await startStack({ folder });
const checks = new Checks();
try {
  await checkKeyLink(browser, stack, checks);
  await checkDocsPage(browser, stack, checks, values.shots);
  await checkEventSource(browser, stack, checks);
  await checkExample(browser, stack, checks);
} finally {
  await browser.close();
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${checks.passed} passed, ${checks.failed} failed`);
process.exitCode = checks.failed === 0 ? 0 : 1;
