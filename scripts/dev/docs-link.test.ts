import { Request } from 'miniflare';
import { expect, it } from 'vitest';
import { DocsLink } from './docs-link.ts';

const ask = (link: DocsLink, code: string) =>
  link.answer(new Request('http://stack.internal/', { headers: { authorization: `Bearer ${code}` } }));

it('brings the key for its code, and only once', async () => {
  const link = new DocsLink('sg_local_1');
  const code = link.fragment.replace('#code=', '');
  expect(code).toMatch(/^[0-9a-f]{32}$/);
  expect(new DocsLink('sg_local_1').fragment).not.toBe(link.fragment);
  expect(ask(link, 'wrong').status).toBe(404);
  expect(await ask(link, code).text()).toBe('sg_local_1');
  expect(ask(link, code).status).toBe(404);
});
