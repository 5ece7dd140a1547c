import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { sidecarImage } from './docker-engine.ts';

it('names the sidecar that the installed Miniflare is pinned to', () => {
  const miniflare = createRequire(import.meta.url).resolve('miniflare');
  expect(readFileSync(miniflare, 'utf8')).toContain(`"${sidecarImage}"`);
});
