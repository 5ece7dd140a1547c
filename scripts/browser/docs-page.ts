import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gatewayDocument, guides } from '@sandgate/api-spec';
import type { Browser, Page } from 'playwright-core';
import type { Stack } from '../dev/stack.ts';
import type { Checks } from './checks.ts';

/** The `/docs` page as a person sees it. */
export async function checkDocsPage(
  browser: Browser,
  stack: Stack,
  checks: Checks,
  shots: string | undefined,
): Promise<void> {
  const asked: string[] = [];
  const complaints: string[] = [];
  const watch = (watched: Page) => {
    watched.setDefaultTimeout(60_000); // No busy machine takes longer.
    watched.on('request', (request) => asked.push(request.url()));
    watched.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  };
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  watch(page);
  await page.goto(`${stack.url}/docs`);
  await page.getByRole('heading', { name: 'Sandgate', exact: true }).waitFor();
  await shot(page, 'docs-light', shots);

  const { paths = {} } = gatewayDocument();
  const summaries = Object.values(paths).flatMap((item) =>
    Object.values(item as Record<string, { summary?: string }>).flatMap(({ summary }) => summary ?? []),
  );
  for (const summary of summaries)
    await checks.check(`shows “${summary}”`, async () => {
      await page.getByRole('complementary').getByText(summary, { exact: true }).first().click();
      await page.getByRole('heading', { name: summary, exact: true }).first().waitFor();
      return true;
    });

  await page.goto(`${stack.url}/docs#tag/turns/POST/v1/sessions/{sessionId}/chat`);
  await checks.check('shows a sample in each language', async () => {
    const chat = page.locator('section[id$="/chat"]');
    await chat.getByRole('button', { name: 'curl', exact: true }).click();
    for (const name of ['curl', 'TypeScript', 'Go', 'Python'])
      await page.getByRole('option', { name, exact: true }).waitFor();
    await page.getByRole('option', { name: 'Python', exact: true }).click();
    await chat.getByText('from sandgate import Sandgate').waitFor();
    await shot(page, 'docs-sample', shots);
    return true;
  });

  await page.goto(`${stack.url}/docs#description/streams`);
  await checks.check('shows the guides', async () => {
    for (const name of Object.keys(guides))
      await page.getByRole('heading', { name: new RegExp(`^${name}$`, 'i') }).waitFor();
    return true;
  });

  await page.goto(`${stack.url}/docs#tag/sessions/GET/v1/sessions`);
  await checks.check('sends a test request with the key, and shows its answer', async () => {
    await page.getByPlaceholder(/token/i).first().fill(stack.apiKey);
    await page
      .getByRole('button', { name: /Test Request.*get \/v1\/sessions\)?$/i })
      .first()
      .click();
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/sessions');
    await page.getByRole('button', { name: /^Send/ }).first().click();
    const response = await answer;
    await page.getByText('"hasMore"').first().waitFor();
    await shot(page, 'docs-request', shots);
    return response.status() === 200;
  });

  const dark = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  watch(dark);
  await dark.goto(`${stack.url}/docs`);
  await dark.getByRole('heading', { name: 'Sandgate', exact: true }).waitFor();
  await shot(dark, 'docs-dark-narrow', shots);
  await checks.check('fits a narrow screen', () =>
    dark.evaluate('document.documentElement.scrollWidth <= window.innerWidth'),
  );
  await checks.check('asks nobody but us for anything', () => {
    const outside = asked.filter((url) => !url.startsWith(stack.url) && !/^(data|blob):/.test(url));
    if (outside.length > 0) console.log(outside.join('\n'));
    return outside.length === 0;
  });
  // A request that the policy of the page forbids is none: the browser says so.
  await checks.check('and nothing is amiss', () => {
    if (complaints.length > 0) console.log(complaints.join('\n'));
    return complaints.length === 0;
  });
}

async function shot(page: Page, name: string, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(resolve(folder), `${name}.png`) });
}
