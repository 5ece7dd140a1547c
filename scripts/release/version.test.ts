import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { outdated, versionOf, writeVersion } from './version.ts';

const root = join(import.meta.dirname, '../..');
const lock = (version: string) => `{
  "packages": {
    "api-spec": {
      "name": "@sandgate/api-spec",
      "version": "${version}",
    },
    "clients/typescript": {
      "name": "@sandgate/client",
      "version": "${version}"
    },
    "node_modules/other": {
      "version": "0.1.0"
    }
  }
}
`;
const files = (version: string) => ({
  'clients/typescript/package.json': `{\n  "name": "@sandgate/client",\n  "version": "${version}"\n}\n`,
  'package-lock.json': lock(version),
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandgate-version-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  write({ 'api-spec/package.json': '{ "version": "0.2.0" }', ...files('0.1.0') });
});

function write(texts: Record<string, string>): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

it('is written to all who have to say it, and to nothing else', () => {
  expect(outdated(folder)).toEqual(Object.keys(files('')));
  writeVersion(folder);
  expect(outdated(folder)).toEqual([]);
  for (const [path, text] of Object.entries(files('0.2.0')))
    expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
});

it('is missed where a client does not say it', () => {
  write({ 'clients/typescript/package.json': '{\n  "name": "@sandgate/client"\n}\n' });
  expect(() => writeVersion(folder)).toThrow('clients/typescript/package.json');
});

it('is that of the contract', () => {
  const { info } = JSON.parse(readFileSync(join(root, 'api-spec/openapi.json'), 'utf8'));
  expect(info.version).toBe(versionOf(root));
});
