import { describe, expect, it } from 'vitest';
import { type DiskFrame, diskFrameLimit, diskFramePieces, diskFrames } from './disk-frame.ts';

const pack: DiskFrame = { head: { type: 'pack', number: 7, length: 5 }, bytes: new TextEncoder().encode('a\nb\n{') };
const end: DiskFrame = { head: { type: 'end', packs: [7], entries: 1, bytes: 5 }, bytes: new Uint8Array() };
const whole = Buffer.concat([pack, end].flatMap((frame) => [...diskFramePieces(frame)]));

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.byteLength; start += size) yield bytes.subarray(start, start + size);
}

describe('the frames of a disk', () => {
  it.each([1, 2, 7, 1000])('are read from pieces of %i', async (size) => {
    expect(await Array.fromAsync(diskFrames(inPieces(whole, size)))).toEqual([pack, end]);
  });

  it.each([1, 20, whole.indexOf('\n') + 2])(
    'are not taken for whole when they are cut off behind %i',
    async (length) => {
      const cut = Array.fromAsync(diskFrames(inPieces(whole.subarray(0, length), 4)));
      await expect(cut).rejects.toThrow('cut off');
    },
  );

  it('are bounded', async () => {
    const tooLarge = Buffer.from(`${JSON.stringify({ type: 'pack', number: 1, length: diskFrameLimit + 1 })}\n`);
    await expect(Array.fromAsync(diskFrames(inPieces(tooLarge, 100)))).rejects.toThrow();
    const endless = Buffer.alloc(1024 * 1024, 'x');
    await expect(Array.fromAsync(diskFrames(inPieces(endless, 65_536)))).rejects.toThrow('too long');
  });
});
