import { expect, it } from 'vitest';
import { readTarFile } from './tar.ts';

function archive(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc(1024)]);
}

it('reads the one file of an archive', () => {
  const { name, content } = readTarFile(archive('certs/ca.crt', 'hello'));
  expect(name).toBe('certs/ca.crt');
  expect(content.toString()).toBe('hello');
});

it('refuses what is no such archive', () => {
  expect(() => readTarFile(Buffer.alloc(0))).toThrow('not an archive');
  expect(() => readTarFile(Buffer.alloc(1024))).toThrow('not an archive');
  expect(() => readTarFile(archive('a', 'hello').subarray(0, 514))).toThrow('not an archive');
});
