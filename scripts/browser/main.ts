import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { gatewayDocument } from '@sandgate/api-spec';
import { chromium, type Page } from 'playwright-core';
import { startStack } from '../dev/stack.ts';

/** `npm run test:browser`: the `/docs` page as a person sees it, in headless Chromium. Screenshots with `--shots FOLDER`. */
const { values } = parseArgs({ options: { shots: { type: 'string' } } });

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];

let passed = 0;
let failed = 0;

async function check(name: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
  const ok = await Promise.resolve()
    .then(isTrue)
    .catch((error: unknown) => {
      console.log(styleText('dim', String(error)));
      return false;
    });
  if (ok) passed += 1;
  else failed += 1;
  console.log(`${ok ? styleText('green', '✓') : styleText('red', '✗')} ${name}`);
}

async function shot(page: Page, name: string): Promise<void> {
  if (values.shots === undefined) return;
  mkdirSync(values.shots, { recursive: true });
  await page.screenshot({ path: join(resolve(values.shots), `${name}.png`) });
}

/** Chromium comes from the system: its own download is large, and not ours to make. */
function browserPath(): string {
  if (executablePath) return executablePath;
  const install = 'apt-get install -y --no-install-recommends chromium';
  if (process.getuid?.() !== 0 || process.env.SANDGATE_SKIP_SYSTEM_PACKAGES)
    throw new Error(`This needs Chromium. Install it, then come back:\n\n    sudo ${install}\n`);
  console.log('Installing chromium with apt-get …');
  execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('apt-get', install.split(' ').slice(1), {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return '/usr/bin/chromium';
}

const folder = mkdtempSync(join(tmpdir(), 'sandgate-browser-'));
const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', ...quiet] });
const stack = await startStack({ folder });
try {
  const asked: string[] = [];
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${stack.url}/docs`);
  await page.getByRole('heading', { name: 'Sandgate', exact: true }).waitFor();
  await shot(page, 'docs-light');

  const { paths = {} } = gatewayDocument();
  const summaries = Object.values(paths).flatMap((item) =>
    Object.values(item as Record<string, { summary?: string }>).flatMap(({ summary }) => summary ?? []),
  );
  for (const summary of summaries)
    await check(`shows “${summary}”`, async () => {
      await page.getByRole('complementary').getByText(summary, { exact: true }).first().click({ timeout: 10_000 });
      await page.getByRole('heading', { name: summary, exact: true }).first().waitFor({ timeout: 10_000 });
      return true;
    });

  await page.goto(`${stack.url}/docs#tag/sessions/GET/v1/sessions`);
  await check('sends a test request with the key, and shows its answer', async () => {
    await page.getByPlaceholder(/token/i).first().fill(stack.apiKey);
    await page
      .getByRole('button', { name: /Test Request.*get \/v1\/sessions\)?$/i })
      .first()
      .click();
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/sessions');
    await page.getByRole('button', { name: /^Send/ }).first().click();
    const response = await answer;
    await page.getByText('"hasMore"').first().waitFor();
    await shot(page, 'docs-request');
    return response.status() === 200;
  });

  const dark = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  dark.on('request', (request) => asked.push(request.url()));
  await dark.goto(`${stack.url}/docs`);
  await dark.getByRole('heading', { name: 'Sandgate', exact: true }).waitFor();
  await shot(dark, 'docs-dark-narrow');
  await check('fits a narrow screen', () => dark.evaluate('document.documentElement.scrollWidth <= window.innerWidth'));
  await check('asks nobody but us for anything', () => {
    const outside = asked.filter((url) => !url.startsWith(stack.url) && !/^(data|blob):/.test(url));
    if (outside.length > 0) console.log(outside.join('\n'));
    return outside.length === 0;
  });
} finally {
  await browser.close();
  await stack.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
