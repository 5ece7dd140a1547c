import { describe, expect, it } from 'vitest';
import { der } from './der.ts';

/** By the examples of X.690 and of the Let's Encrypt primer on it. */
describe('der', () => {
  it.each([
    [der.objectId('1.2.840.113549'), '06062a864886f70d'],
    [der.objectId('2.5.4.3'), '0603550403'],
    [der.boolean(true), '0101ff'],
    [der.integer(0x32), '020132'],
    [der.bits(Buffer.from('6e5dc0', 'hex'), 6), '0304066e5dc0'],
    [der.octets(Buffer.from('03020606a0', 'hex')), '040503020606a0'],
    [der.text('hi'), '0c026869'],
    [der.time(new Date('2019-12-15T19:02:10.500Z')), '170d3139313231353139303231305a'],
    [der.sequence(der.integer(3), der.integer(8)), '3006020103020108'],
    [der.explicit(2, der.integer(2)), 'a203020102'],
    [der.implicit(2, Buffer.from('hi')), '82026869'],
  ])('%#', (written, hex) => expect(written.toString('hex')).toBe(hex));

  it.each([
    [127, '047f'],
    [128, '048180'],
    [256, '04820100'],
  ])('writes how long %d bytes are', (size, hex) =>
    expect(
      der
        .octets(Buffer.alloc(size))
        .subarray(0, hex.length / 2)
        .toString('hex'),
    ).toBe(hex),
  );
});
