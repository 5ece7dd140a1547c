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
  expect(readTarFile(archive('certs/ca.crt', 'hello'))).toEqual({
    name: 'certs/ca.crt',
    content: Buffer.from('hello'),
  });
});

it('says of any other that it is none', () => {
  expect(readTarFile(Buffer.alloc(0))).toBeUndefined();
  expect(readTarFile(Buffer.alloc(1024))).toBeUndefined();
  expect(readTarFile(archive('a', 'hello').subarray(0, 514))).toBeUndefined();
  expect(readTarFile(Buffer.concat([archive('a', 'x').subarray(0, 1024), archive('b', 'y')]))).toBeUndefined();
});
