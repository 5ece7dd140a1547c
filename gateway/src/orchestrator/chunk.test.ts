import { expect, it } from 'vitest';
import { chunkOf, chunksOf } from './chunk.ts';
import type { Entry } from './entry.ts';

const entry = (seq: number | undefined, size: number, type = 'status'): Entry => ({
  ...(seq !== undefined && { seq }),
  turnId: 't',
  type,
  json: 'x'.repeat(size),
});

it('cuts what is too much for a row of the log, and no event', () => {
  const sizes = [10, 450_000, 60_000, 520_000, 1, 2];
  const chunks = chunksOf(sizes.map((size, index) => entry(index + 1, size)));
  expect(chunks.map(({ entries }) => entries.map(({ seq }) => seq))).toEqual([[1, 2], [3], [4], [5, 6]]);
  expect(chunks.map(({ lastSeq }) => lastSeq)).toEqual([2, 3, 4, 6]);
  expect(chunksOf([])).toEqual([]);
});

it('knows what it brings a reader past, and whether its turn ends', () => {
  expect(chunkOf([entry(7, 1), entry(undefined, 1, 'message.delta')])).toMatchObject({ lastSeq: 7, isEnd: false });
  expect(chunkOf([entry(undefined, 1, 'message.delta')]).lastSeq).toBeUndefined();
  const end = chunkOf([entry(1, 3), entry(2, 4, 'complete')]);
  expect(end).toMatchObject({ turnId: 't', isEnd: true });
  expect(new TextDecoder().decode(end.bytes)).toBe('id: 1\ndata: xxx\n\nid: 2\ndata: xxxx\n\n');
});
