import { Sandgate } from '@sandgate/client';
import { expect, onTestFinished, test } from 'vitest';
import { doorOf } from './door.ts';
import { launch } from './runtimes/browser.ts';
import { bundle } from './runtimes/bundle.ts';

const lines = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join('');
const count = 'i=0; while [ $i -lt 40 ]; do echo "line $i"; i=$((i+1)); sleep 0.05; done';

test('a page of another origin works in its session with a token, through every cut, and may not delete it', async () => {
  const door = doorOf(process.env);
  const session = await new Sandgate(door).sessions.create({ permissionMode: 'bypass' });
  const origin = door.baseUrl; // The proxy is another.
  const { token } = await session.tokens.create({ scopes: ['sessions:read', 'turns:write'], allowedOrigins: [origin] });

  const browser = await launch();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${origin}/health`);
  await page.addScriptTag({ content: await bundle('token-page.ts', { format: 'iife', globalName: 'page' }) });
  const parameters = [door.cutsUrl, token, session.id, count].map((value) => JSON.stringify(value));
  expect(await page.evaluate(`page.work(${parameters})`)).toEqual({
    text: lines,
    requestId: expect.stringMatching(/^req_/),
    wasKeptFromDeleting: true,
  });
  expect((await session.get()).status).toBe('idle');
});
