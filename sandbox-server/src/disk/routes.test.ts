import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { contractApp, type DiskFrame, diskFramePieces } from '@sandgate/api-spec';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { diskRoutes } from './routes.ts';
import { saveTree } from './save.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandgate-disk-routes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a restore of a tree of some packs consists of, in the order in which it is sent. */
function framesOf(name: string): Buffer[] {
  const tree = join(folder, name);
  mkdirSync(tree);
  for (let n = 0; n < 20; n++) writeFileSync(join(tree, `file-${n}`), `${name} ${n} `.padEnd(10).repeat(100_000));
  const options = { last: [], firstPack: 1, byteLimit: 1e9, entryLimit: 1e6 };
  const frames = [...saveTree(tree, options)].filter(({ head }) => head.type !== 'end');
  const isManifest = ({ head }: DiskFrame) => head.type === 'manifest';
  const inOrder = [...frames.filter(isManifest), ...frames.filter((frame) => !isManifest(frame))];
  return inOrder.map((frame) => Buffer.concat([...diskFramePieces(frame)]));
}

it('is restored by the request that came last, though one before it goes on', async () => {
  const root = join(folder, 'root');
  mkdirSync(root);
  const app = contractApp(() => undefined);
  diskRoutes(app, { workspace: root });
  const restore = (incoming: Readable) => app.request('/disk/workspace', { method: 'PUT' }, { incoming });

  const [manifest, pack, ...rest] = framesOf('slow');
  const slow = new PassThrough();
  slow.write(Buffer.concat([manifest, pack] as Buffer[]));
  const first = restore(slow);
  while (readdirSync(root).length === 0) await nextTurn();
  expect((await restore(Readable.from(framesOf('quick')))).status).toBe(204);
  for (const frame of rest) slow.write(frame);
  slow.end();

  expect((await first).status).toBe(502);
  for (let n = 0; n < 20; n++)
    expect(readFileSync(join(root, `file-${n}`), 'latin1')).toMatch(new RegExp(`^(quick ${n} *){100000}$`));
});
