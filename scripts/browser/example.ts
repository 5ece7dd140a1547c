import type { Browser } from 'playwright-core';
import type { Stack } from '../dev/stack.ts';
import { Example } from '../public-door/example.ts';
import type { Checks } from './checks.ts';

/** `examples/browser-page` as a person uses it. */
export async function checkExample(browser: Browser, stack: Stack, checks: Checks): Promise<void> {
  await using server = new Example('browser-page.ts', [], stack);
  const [, url = ''] = await server.until(/Open (\S+)/);
  const page = await browser.newPage();
  await page.goto(url);
  const task = page.getByLabel('What shall be done?');

  await checks.check('the example streams into its page what was allowed there', async () => {
    await task.fill('echo "hello from the page" | tee hello.txt');
    await task.press('Enter');
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('— end_turn').waitFor();
    return (await page.locator('pre').textContent()) === 'hello from the page\n— end_turn\n';
  });
  await checks.check('it does not do what was denied there', async () => {
    await page.reload();
    await task.fill('echo forbidden');
    await task.press('Enter');
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('— ').waitFor();
    return !(await page.locator('pre').textContent())?.includes('forbidden');
  });
  await checks.check('its page is shown no key', async () => !(await page.content()).includes(stack.apiKey));
}
