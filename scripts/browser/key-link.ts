import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import type { Stack } from '../dev/stack.ts';
import type { Checks } from './checks.ts';

/** The link of `npm start` to `/docs`: what it gives to who opens it, and what other pages get who have learned its code. */
export async function checkKeyLink(browser: Browser, stack: Stack, checks: Checks): Promise<void> {
  const code = stack.docsUrl.split('#code=')[1] ?? '';
  const stranger = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end(`<iframe src="${stack.docsUrl}"></iframe>`),
  ).listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  try {
    const page = await open(browser);
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/i.test(message.text()));
    await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
    await checks.check('a page of another origin may not frame it', async () => Boolean(await refused));
    const stolen = (mode: string) =>
      page.evaluate(`fetch('${stack.url}/docs/key', {
        method: 'POST', mode: '${mode}', headers: { authorization: 'Bearer ${code}' },
      }).then((answer) => answer.text(), () => 'refused')`);
    await checks.check('nor use its code', async () => (await stolen('cors')) === 'refused');
    await checks.check('nor without asking', async () => (await stolen('no-cors')) === '');
  } finally {
    stranger.close();
  }

  const page = await open(browser);
  await page.goto(stack.docsUrl);
  await checks.check('whoever opens it has the key', async () => (await keyOf(page)) === stack.apiKey);
  await checks.check('the code leaves the address', () => !page.url().includes(code));
  await page.reload();
  await checks.check('the tab keeps the key', async () => (await keyOf(page)) === stack.apiKey);
  await checks.check('and nothing else does', () =>
    page.evaluate(`!(JSON.stringify(localStorage) + document.cookie).includes('${stack.apiKey}')`),
  );

  const another = await open(browser);
  await another.goto(stack.docsUrl);
  await checks.check('it works once', async () => (await keyOf(another)) === '');
}

function keyOf(page: Page): Promise<string> {
  return page.getByPlaceholder(/token/i).first().inputValue();
}

async function open(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(60_000); // No busy machine takes longer.
  return page;
}
