/** Writes ASN.1 in its distinguished encoding (ITU-T X.690, DER), as far as a certificate needs it. */
export const der = {
  boolean: (value: boolean) => encode(0x01, Buffer.of(value ? 0xff : 0)),
  /** Of its most significant byte first, which is below 0x80: nothing here is negative. */
  integer: (...bytes: number[]) => encode(0x02, Buffer.from(bytes)),
  bits: (bytes: Buffer, unused = 0) => encode(0x03, Buffer.of(unused), bytes),
  octets: (content: Buffer) => encode(0x04, content),
  objectId: (text: string) => encode(0x06, Buffer.from(objectId(text))),
  text: (text: string) => encode(0x0c, Buffer.from(text)),
  /** To the second, of a year from 1950 to 2049. */
  time: (date: Date) => encode(0x17, Buffer.from(date.toISOString().replace(/^..|\.\d+|[-:T]/g, ''))),
  sequence: (...parts: Buffer[]) => encode(0x30, ...parts),
  set: (...parts: Buffer[]) => encode(0x31, ...parts),
  /** In the place of the content's own tag. */
  implicit: (tag: number, content: Buffer) => encode(0x80 | tag, content),
  /** Around what keeps its own tag. */
  explicit: (tag: number, content: Buffer) => encode(0xa0 | tag, content),
};

function encode(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag, ...length(content.length)), content]);
}

function length(size: number): number[] {
  if (size < 0x80) return [size];
  return size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
}

/** The first two numbers share a byte; each other takes seven bits of as many bytes as it needs. */
function objectId(text: string): number[] {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number);
  return [first * 40 + second, ...others.flatMap((number) => base128(number))];
}

function base128(number: number): number[] {
  const bytes = [number & 0x7f];
  for (let rest = number >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}
