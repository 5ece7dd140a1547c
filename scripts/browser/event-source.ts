import { isDeepStrictEqual } from 'node:util';
import type { Browser } from 'playwright-core';
import type { Stack } from '../dev/stack.ts';
import { judge, type Message, readToEnd } from '../public-door/event-source-judge.ts';
import type { Checks } from './checks.ts';

/** A stream as the browser's own EventSource reads it, through a proxy that adds the key and cuts it twice. */
export async function checkEventSource(browser: Browser, stack: Stack, checks: Checks): Promise<void> {
  const page = await browser.newPage();
  const read = async (url: string): Promise<Message[]> => {
    await page.goto(`${new URL(url).origin}/health`); // Of the same origin, or the stream would be refused.
    return page.evaluate(`(${readToEnd})(EventSource, ${JSON.stringify(url)})`);
  };
  const { cuts, read: found, due, rebuilt, printed } = await judge(stack, read);
  await checks.check('the EventSource comes back after each cut', () => cuts === 2);
  await checks.check('it sees each durable event of a turn once, with its number', () => isDeepStrictEqual(found, due));
  await checks.check('it can rebuild what was printed', () => rebuilt !== '' && printed.startsWith(rebuilt));
}
