import { expect, test } from 'vitest';
import { PackedFrames } from './packed-frames.ts';

/** Frames of so many bytes each, under the numbers 2, 4, 6 and so on. */
function packed(sizes: number[]): PackedFrames {
  const frames = new PackedFrames();
  for (const [index, size] of sizes.entries()) frames.add(2 * (index + 1), index % 2 === 0, textOf(index, size));
  return frames;
}

const textOf = (index: number, size: number) => String(index % 10).repeat(size);

/** All behind a cursor, read in pieces. */
function allAfter(frames: PackedFrames, after: number, size: number): string {
  let text = '';
  for (let piece = frames.read(after, size); piece; piece = frames.read(piece.cursor, size))
    text += Buffer.from(piece.bytes).toString();
  return text;
}

test.each<[string, number[]]>([
  ['small ones', Array(3000).fill(700)],
  ['one that fills no chunk and one that fills several', [10, 1_000_000, 10]],
  ['one of a single byte, and many', [1, ...Array(50).fill(300_000), 1]],
])('gives %s back from wherever a follower is', (_, sizes) => {
  const frames = packed(sizes);
  for (const after of [0, 1, 2, 3, sizes.length, 2 * sizes.length - 1, 2 * sizes.length]) {
    const rest = sizes.map((size, index) => textOf(index, size)).slice(Math.floor(after / 2));
    for (const size of [1, 64 * 1024]) expect(allAfter(frames, after, size) === rest.join('')).toBe(true);
  }
});

test('reads whole frames, and no more than asked but for the last', () => {
  const frames = packed(Array(2000).fill(100));
  for (let piece = frames.read(0, 950); piece; piece = frames.read(piece.cursor, 950)) {
    expect(piece.bytes.length % 100).toBe(0);
    expect(piece.bytes.length).toBeLessThanOrEqual(1000);
  }
});

test('is measured in bytes, not in characters', () => {
  const frames = new PackedFrames();
  expect(frames.add(1, true, 'é🙂'.repeat(200))).toBe(1200);
  frames.add(2, true, Buffer.from('behind'));
  expect(Buffer.from(frames.read(1, 100)?.bytes ?? []).toString()).toBe('behind');
  expect(allAfter(frames, 0, 1)).toBe(`${'é🙂'.repeat(200)}behind`);
});

test('tells of each what it is', () => {
  const told = [...packed([3, 5])].map(({ cursor, isFact, bytes }) => ({ cursor, isFact, text: bytes.toString() }));
  expect(told).toEqual([
    { cursor: 2, isFact: true, text: '000' },
    { cursor: 4, isFact: false, text: '11111' },
  ]);
});

test('what was read stays as it was, whatever is added', () => {
  const frames = packed([300]);
  const before = frames.read(0, 1000)?.bytes ?? new Uint8Array();
  const copy = Buffer.from(before);
  for (let cursor = 3; cursor < 5000; cursor++) frames.add(cursor, true, 'x'.repeat(100));
  expect(copy.equals(before)).toBe(true);
});
