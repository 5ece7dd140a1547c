import { expect, it } from 'vitest';
import { refusalOf } from './destination.ts';

it.each([
  'https://hooks.example.com/a?b=c',
  'https://hooks.example.com:8443/',
  'https://xn--bcher-kva.example/',
  'https://Bücher.example/',
])('%s is fine', (url) => {
  expect(refusalOf(url, false)).toBeUndefined();
});

it.each([
  'http://hooks.example.com/',
  'ftp://hooks.example.com/',
  'https://user:password@hooks.example.com/',
  'https://hooks.example.com/#fragment',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://017700000001/',
  'https://10.0.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fd00::1]/',
  'https://8.8.8.8/',
  'https://localhost/',
  'https://localhost./',
  'https://a.localhost/',
  'https://metadata.google.internal/',
  'https://printer.local/',
  'https://router/',
  'http://127.0.0.1:8080/',
])('%s is refused', (url) => {
  expect(refusalOf(url, false)).toBeDefined();
});

it('a local stack allows this machine over http, and nothing else more', () => {
  for (const url of ['http://127.0.0.1:8080/', 'http://localhost:8080/', 'http://[::1]:8080/'])
    expect(refusalOf(url, true)).toBeUndefined();
  for (const url of ['http://10.0.0.1/', 'https://127.0.0.1/', 'http://127.0.0.2/', 'http://a.localhost/'])
    expect(refusalOf(url, true)).toBeDefined();
});
