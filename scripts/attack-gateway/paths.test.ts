import { gatewayRoutes } from '@sandgate/api-spec';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { createSession, expectCall, run } from '../public-door/door.ts';
import { type Answer, exchange } from './fuzz/exchange.ts';
import { broken } from './fuzz/verdict.ts';
import { tally } from './tally.ts';

/** Names that lead elsewhere in one reading or another, to every operation that takes one. */
const door = { url: inject('url'), apiKey: inject('apiKey') };
const bearer = { authorization: `Bearer ${door.apiKey}` };
const outside = 'etc/passwd';
const marker = 'in the other session';

let own = '';
let other = '';

beforeAll(async () => {
  own = (await createSession(door)).id;
  other = (await createSession(door)).id;
  const links =
    'ln -s /etc out; ln -s /etc/passwd passwd; ln -s .. up; ln -s /proc/self/root root; mkdir d; ln -s ../.. d/up; echo own > own.txt';
  await Promise.all([run(door, own, links), run(door, other, `echo ${marker} > mine.txt`)]);
});

async function send(method: string, path: string, body?: string): Promise<Answer> {
  tally('tries with paths', 1);
  const target = `/v1/sessions/${own}${path}`;
  const headers = { ...bearer, ...(body?.startsWith('{') && { 'content-type': 'application/json' }) };
  const answer = await exchange(door.url, { method, target, headers, ...(body !== undefined && { body }) });
  const text = answer.body.toString('latin1');
  expect(text, target).not.toMatch(/root:[^:]*:0:0:/);
  expect(text, target).not.toContain(marker);
  expect(broken(method, target, answer), target).toBeUndefined();
  return answer;
}

/** Ways to write "up", each of which some decoder takes for `..`, and ways to write a slash. */
const ups = [
  '..',
  '%2e%2e',
  '.%2e',
  '%252e%252e',
  '%c0%ae%c0%ae',
  '%e0%80%ae%e0%80%ae',
  '%uff0e%uff0e',
  '..%00',
  '..;',
  '%2e%2e%3b',
  '%ef%bc%8e%ef%bc%8e',
];
const slashes = ['/', '%2f', '%252f', '%5c', '\\', '%c0%af', '%e0%80%af', '%ef%bc%8f', '//', '/./', '%2f%2f'];

const climbs = ups.flatMap((up) => slashes.map((slash) => `${(up + slash).repeat(6)}${outside.replace('/', slash)}`));

/** A few at a time. */
async function all<T>(values: string[], work: (value: string) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let next = 0; next < values.length; next += 10)
    done.push(...(await Promise.all(values.slice(next, next + 10).map(work))));
  return done;
}

describe('a path that climbs', { timeout: 120_000 }, () => {
  it('is read nowhere but in the workspace', async () => {
    const answers = await all(climbs, (path) => send('GET', `/files/${path}`));
    for (const [index, { status }] of answers.entries()) expect(status, climbs[index]).toBeGreaterThanOrEqual(400);
  });

  it('is written nowhere but in the workspace', async () => {
    await all(climbs, (path) => send('PUT', `/files/${path}-written`, 'x'));
    const { outputText } = await run(door, other, 'find / -xdev -name "*passwd-written" 2>/dev/null; ls; echo end');
    expect(outputText).toBe('mine.txt\nend\n');
  });

  it('is nowhere in a query or a body either', async () => {
    for (const path of ['../x', '/etc', 'a/../../etc', '..\\..\\etc', '/proc/self/environ', '..', 'd/up/x']) {
      const query = `?path=${encodeURIComponent(path)}`;
      const json = (value: object) => JSON.stringify(value);
      const answers = [
        await send('GET', `/files${query}`),
        await send('GET', `/archive${query}`),
        await send('PUT', `/archive${query}`, 'no archive'),
        await send('POST', '/files', json({ operation: 'mkdir', path: `${path}/made` })),
        await send('POST', '/files', json({ operation: 'move', from: 'own.txt', to: `${path}/moved` })),
        await send('POST', '/files', json({ operation: 'move', from: `${path}/hosts`, to: 'stolen' })),
      ];
      const isName = path.includes('\\'); // To Linux it is a name like any other.
      if (!isName) for (const { status } of answers) expect(status, path).toBeGreaterThanOrEqual(400);
    }
  });

  it('leads to no other session', async () => {
    for (const up of ups)
      for (const path of [
        `/files/${up}/${up}/${other}/files/mine.txt`,
        `/${up}/${other}/files/mine.txt`,
        `/files/${up}%2f${up}%2f${other}%2ffiles%2fmine.txt`,
      ]) {
        const answer = await exchange(door.url, {
          method: 'GET',
          target: `/v1/sessions/${own}${path}`,
          headers: bearer,
        });
        // Climbing in the URL is to ask for that URL: it is another session of the same key, and no files of this one.
        const asked = new URL(`/v1/sessions/${own}${path}`, door.url).pathname;
        if (asked === `/v1/sessions/${other}/files/mine.txt`) continue;
        expect(answer.body.toString(), path).not.toContain(marker);
      }
  });
});

describe('a link out of the workspace', () => {
  it.each(['out/passwd', 'passwd', 'up/etc/passwd', 'root/etc/passwd', 'd/up/etc/passwd', 'up', 'out', 'root'])(
    'is not followed: %s',
    async (path) => {
      const encoded = encodeURIComponent(path);
      const answers = [
        await send('GET', `/files/${encoded}`),
        await send('GET', `/files?path=${encoded}`),
        await send('PUT', `/files/${encoded}%2Fx`, 'x'),
      ];
      for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(400);
      await send('GET', `/archive?path=${encoded}&format=tar`);
    },
  );
});

describe('a name', { timeout: 120_000 }, () => {
  const nfc = 'é'.normalize('NFC');
  const nfd = 'é'.normalize('NFD');

  it('is the one that was given, and no look-alike', async () => {
    const names = [
      nfc,
      nfd,
      'a',
      'а',
      'A',
      'ａ',
      'a\u200d',
      'a\u00ad',
      'ﬁ',
      'fi',
      '․․',
      '‥',
      'con',
      'a.',
      'a ',
      '~',
      '-',
      '*',
      '$(id)',
      '`id`',
    ];
    for (const [index, name] of names.entries())
      expect((await send('PUT', `/files/${encodeURIComponent(`names/${name}`)}`, String(index))).status, name).toBe(
        201,
      );
    for (const [index, name] of names.entries())
      expect((await send('GET', `/files/${encodeURIComponent(`names/${name}`)}`)).body.toString(), name).toBe(
        String(index),
      );
  });

  it('of a session is the one that was given, too', async () => {
    const suffix = crypto.randomUUID();
    for (const id of [nfc, nfd, 'a', 'а', 'ａ', '‥'])
      await expectCall(door, 201, gatewayRoutes.createSession, { body: { id: id + suffix, metadata: { id } } });
    for (const id of [nfc, nfd, 'a', 'а', 'ａ', '‥'])
      expect(
        await expectCall(door, 200, gatewayRoutes.getSession, { params: { sessionId: id + suffix } }),
      ).toMatchObject({ metadata: { id } });
  });

  it('that is too long, or holds a NUL, is refused', async () => {
    const long = ['x'.repeat(256), 'é'.repeat(128), `${'x/'.repeat(2047)}xx`, 'x'.repeat(5000), 'x/'.repeat(4000)];
    for (const name of [...long, 'a\0b', '\0', `${outside}\0.txt`]) {
      expect((await send('PUT', `/files/${encodeURIComponent(name)}`, 'x')).status, name.slice(0, 20)).toBe(400);
      expect(
        (await send('GET', `/files/${encodeURIComponent(name)}`)).status,
        name.slice(0, 20),
      ).toBeGreaterThanOrEqual(400);
    }
  });
});
