import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { appFiles, layOutImage } from './image.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandgate-image-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('holds the whole build and nothing of the one before, and leaves what was put beside it', () => {
  mkdirSync(join(folder, 'app/node_modules'), { recursive: true });
  writeFileSync(join(folder, 'app/chunk-OLD.js'), 'old');
  layOutImage(folder);
  const built = Object.keys(appFiles());
  expect(built).toEqual(expect.arrayContaining(['server.js', 'files.js', 'package.json']));
  expect(readdirSync(join(folder, 'app')).toSorted()).toEqual([...built, 'node_modules'].toSorted());
});

it('has another server in the place of ours, with all that ours comes with', () => {
  const server = join(folder, 'other.js');
  writeFileSync(server, 'other');
  layOutImage(folder, server);
  expect(readFileSync(join(folder, 'app/server.js'), 'utf8')).toBe('other');
  expect(readdirSync(join(folder, 'app'))).toContain('files.js');
});
