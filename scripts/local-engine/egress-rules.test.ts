import { describe, expect, it } from 'vitest';
import { isPrivate, mergeRules, parseTarget, route } from './egress-rules.ts';

describe('parseTarget', () => {
  it.each([
    ['example.com:443', { host: 'example.com', port: 443 }],
    ['EXAMPLE.com:80', { host: 'example.com', port: 80 }],
    ['1.2.3.4:80', { host: '1.2.3.4', port: 80 }],
    ['[2001:db8::1]:443', { host: '2001:db8::1', port: 443 }],
  ])('reads %s', (text, target) => expect(parseTarget(text)).toEqual(target));

  it.each(
    [
      '',
      'example.com',
      'example.com:',
      'example.com:0',
      'example.com:080',
      'example.com:65536',
      ':80',
      'a b:80',
      'a/b:80',
      'user@host:80',
      'a..b:80',
      '-a:80',
      '1.2.3:80',
      '0x7f000001:80',
      '127.1:80',
      '2001:db8::1:80',
      '[1.2.3.4]:80',
      '[::1:80',
      'a:80\r\nX: y',
      'a:80 HTTP/1.1',
      'http://a:80',
      `${'a'.repeat(64)}.`.repeat(5).concat(':80'),
    ].map((text) => [text]),
  )('refuses %j', (text) => {
    // 0x7f000001 is a name by its letters; it must at least never be taken for an address.
    const target = parseTarget(text);
    if (text === '0x7f000001:80') expect(target?.host).toBe('0x7f000001');
    else expect(target).toBeUndefined();
  });
});

describe('route', () => {
  const handlers = { port: 1, internet: { enabled: false }, dns: { allowHostnames: ['model.test', '*.git.test'] } };
  const all = { port: 1, dns: { allowHostnames: ['*'] } };
  const to = (host: string, port = 80) => ({ host, port });

  it('goes nowhere without rules, or when no handler knows the host', async () => {
    expect(await route(to('model.test'), undefined)).toBeUndefined();
    expect(await route(to('model.test'), { port: 1 })).toBeUndefined();
    expect(await route(to('other.test'), handlers)).toBeUndefined();
    expect(await route(to('xmodel.test'), handlers)).toBeUndefined();
  });

  it('sends a host that a handler knows to workerd, without looking it up', async () => {
    expect(await route(to('model.test', 443), handlers)).toBe('11.0.0.1:443');
    expect(await route(to('a.git.test'), handlers)).toBe('11.0.0.1:80');
    expect(await route(to('anything.test'), all)).toBe('11.0.0.1:80');
  });

  it('never goes to this machine or a private network', async () => {
    for (const host of [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      '192.168.0.1',
      '::1',
      '::ffff:127.0.0.1',
      'fd00::1',
      'localhost',
      'a.localhost',
    ]) {
      expect(await route(to(host), { ...all, internet: { enabled: true } }), host).toBeUndefined();
    }
    expect(await route(to('1.1.1.1'), all)).toBe('1.1.1.1:80');
    expect(await route(to('2606:4700::1'), all)).toBe('[2606:4700::1]:80');
  });
});

describe('isPrivate', () => {
  it.each([
    '0.0.0.0',
    '100.64.0.1',
    '172.31.255.255',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '::ffff:10.0.0.1',
  ])('%s is', (address) => expect(isPrivate(address)).toBe(true));
  it.each(['1.1.1.1', '172.32.0.1', '2606:4700::1111'])('%s is not', (address) =>
    expect(isPrivate(address)).toBe(false),
  );
});

describe('mergeRules', () => {
  it('keeps what an update leaves out', () => {
    const first = mergeRules(undefined, { port: 4000, dns: { allowHostnames: ['a'] }, internet: { enabled: false } });
    expect(mergeRules(first, { port: 5000 })).toEqual({
      port: 5000,
      dns: { allowHostnames: ['a'] },
      internet: { enabled: false },
    });
  });
  it.each([null, {}, { port: 0 }, { port: 1.5 }, { port: '80' }, { port: 80, dns: { allowHostnames: [1] } }])(
    'refuses %j',
    (update) => {
      expect(() => mergeRules(undefined, update)).toThrow();
    },
  );
});
