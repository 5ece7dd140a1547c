import { gatewayRoutes, guides } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';

const url = inject('url');
const code = inject('docsUrl').split('#code=')[1] ?? '';

const askForKey = (site: string | undefined, authorization = `Bearer ${code}`, method = 'POST') =>
  fetch(`${url}/docs/key`, { method, headers: { authorization, ...(site && { 'sec-fetch-site': site }) } });

describe('the link to /docs with the key', () => {
  it('is of no use to other pages, nor to who does not know its code; and works once', async () => {
    const nothing = await fetch(`${url}/docs/nothing`, { method: 'POST' });
    const refused = [
      await askForKey('cross-site'),
      await askForKey('same-site'), // Another port of this machine.
      await askForKey('none'),
      await askForKey(undefined),
      await askForKey('same-origin', `Bearer ${code.slice(1)}0`),
      await askForKey('same-origin', code),
      await askForKey('same-origin', undefined, 'GET'),
    ];
    for (const answer of refused) {
      expect(answer.status).toBe(nothing.status);
      expect(await answer.json()).toMatchObject({ code: 'not_found' });
    }

    const first = await askForKey('same-origin');
    expect(await first.json()).toEqual({ key: inject('apiKey') });
    expect(first.headers.get('access-control-allow-origin')).toBeNull();
    expect((await askForKey('same-origin')).status).toBe(404);
  });

  it('is for pages of this origin only: a browser that asks first is not answered', async () => {
    const preflight = await fetch(`${url}/docs/key`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://127.0.0.1:1',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.status).toBe(404);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

/** What the page's own script is known by, this once. */
const nonceOf = (policy: string) => /script-src 'self' 'nonce-([\w-]{36})';/.exec(policy)?.[1] ?? 'none';

describe('/docs', () => {
  it('asks for scripts that are there; for others there is the gateway’s own answer', async () => {
    const scripts = (await (await fetch(`${url}/docs`)).text()).match(/\/assets\/docs\/\w+\.js/g) ?? [];
    expect(scripts).not.toEqual([]);
    for (const script of scripts) {
      const answer = await fetch(url + script);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
      await answer.body?.cancel();
    }
    const none = await fetch(`${url}/assets/docs/none.js`);
    expect(none.status).toBe(404);
    expect(await none.json()).toMatchObject({ code: 'not_found' });
  });

  it('runs scripts of its own only, and in no frame', async () => {
    const page = await fetch(`${url}/docs`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    const nonce = nonceOf(policy);
    const text = await page.text();
    expect(text.match(/<script[^>]*>/g)).toEqual([`<script type="module" nonce="${nonce}">`]);
    expect(text).not.toContain(inject('apiKey'));
    const again = await fetch(`${url}/docs`, { method: 'HEAD' });
    expect(nonceOf(again.headers.get('content-security-policy') ?? '')).not.toBe(nonce);
  });
});

describe('/llms.txt', () => {
  it('says what a program has to know, and leads to what there is', async () => {
    const answer = await fetch(`${url}/llms.txt`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; *charset=utf-8$/i);
    const text = await answer.text();
    expect(text).toMatch(/^# Sandgate\n\n> /);
    for (const { method, path, summary } of Object.values(gatewayRoutes))
      expect(text).toContain(`- \`${method.toUpperCase()} ${path}\`: ${summary}\n`);

    const links = [...text.matchAll(/^- \[(.+)\]\((.+)\): .+$/gm)].map(([, name, to]) => ({ name, to: `${to}` }));
    expect(links).toHaveLength(3 + Object.keys(guides).length);
    for (const { name, to } of links) {
      const page = await fetch(to);
      expect([name, page.status]).toEqual([name, 200]);
      if (to.endsWith('.md')) expect(await page.text()).toMatch(new RegExp(`^# ${name}\n`));
    }
  });
});
