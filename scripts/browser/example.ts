import type { Browser } from 'playwright-core';
import type { Stack } from '../dev/stack.ts';
import { Example } from '../public-door/example.ts';
import type { Checks } from './checks.ts';

/** `examples/browser-page` as a person uses it. */
export async function checkExample(browser: Browser, stack: Stack, checks: Checks): Promise<void> {
  await using server = new Example('browser-page.ts', [], stack);
  const [, url = ''] = await server.until(/Open (\S+)/);
  const page = await browser.newPage();
  const seen: string[] = [];
  page.on('request', (request) => seen.push(JSON.stringify(request.headers())));
  page.on('response', async (response) => seen.push(await response.text().catch(() => '')));
  page.on('dialog', (dialog) => (isAllowed ? dialog.accept() : dialog.dismiss()));
  const printed = async (task: string) => {
    await page.goto(url);
    await page.getByLabel('What shall be done?').fill(task);
    await page.keyboard.press('Enter');
    await page.getByText('— ').waitFor();
    return page.locator('pre').textContent();
  };

  let isAllowed = true;
  await checks.check(
    'the example streams into its page what was allowed there',
    async () => (await printed('echo "hello from the page"')) === 'hello from the page\n— end_turn\n',
  );
  isAllowed = false;
  await checks.check(
    'it does not do what was denied there',
    async () => (await printed('echo forbidden')) === '— end_turn\n',
  );
  await checks.check('its page is shown a token, and no key', () => {
    const all = seen.join('\n');
    return all.includes('sg_token_') && !all.includes(stack.apiKey);
  });
}
