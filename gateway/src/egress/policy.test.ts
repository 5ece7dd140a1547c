import { describe, expect, it } from 'vitest';
import { destinationOf, ruleFor } from './policy.ts';

describe('destinationOf', () => {
  it.each(['http://api.example.org/x?y', 'https://API.example.org.:443/', 'http://api.example.org:80'])(
    'reads the host of %s',
    (url) => {
      expect(destinationOf({ url, method: 'GET' })).toEqual({ host: 'api.example.org' });
    },
  );

  it.each([
    'http://api.example.org:8080/',
    'http://api.example.org:443/',
    'https://api.example.org:80/',
    'http://10.0.0.1/',
    'http://0x7f.1/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://api.example.org@example.com/',
  ])('refuses %s', (url) => {
    expect(destinationOf({ url, method: 'GET' })).toHaveProperty('refusal');
  });

  it('refuses methods that send headers back', () => {
    expect(destinationOf({ url: 'http://example.org', method: 'TRACE' })).toHaveProperty('refusal');
  });
});

describe('ruleFor', () => {
  const rules = ['api.example.org', '*.example.org', '*.deep.example.org'].map((host) => ({ host }));
  it.each([
    ['api.example.org', 'api.example.org'],
    ['x.example.org', '*.example.org'],
    ['x.api.example.org', '*.example.org'],
    ['x.deep.example.org', '*.deep.example.org'],
    ['deep.example.org', '*.example.org'],
    ['example.org', undefined],
    ['evilexample.org', undefined],
    ['api.example.org.evil.com', undefined],
    ['', undefined],
  ])('of %s is %s', (host, expected) => {
    expect(ruleFor(rules, host)?.host).toBe(expected);
  });
});
