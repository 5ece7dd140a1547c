import { describe, expect, it } from 'vitest';
import { readTraceparent, writeTraceparent } from './traceparent.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = '00f067aa0ba902b7';

describe('traceparent', () => {
  it('is read and written', () => {
    for (const flags of ['00', '01'])
      expect(writeTraceparent(readTraceparent(`00-${trace}-${span}-${flags}`) as never)).toBe(
        `00-${trace}-${span}-${flags}`,
      );
  });

  it('of a later version is read as far as it is known', () => {
    expect(readTraceparent(`cc-${trace}-${span}-03-what-the-future-brings`)).toEqual({
      traceId: trace,
      spanId: span,
      isSampled: true,
    });
  });

  it.each([
    ['nothing', undefined],
    ['no text', ''],
    ['an invalid version', `ff-${trace}-${span}-01`],
    ['more than the version has', `00-${trace}-${span}-01-more`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${span}-01`],
    ['a span of zeros', `00-${trace}-${'0'.repeat(16)}-01`],
    ['upper case', `00-${trace.toUpperCase()}-${span}-01`],
    ['a short trace', `00-${trace.slice(1)}-${span}-01`],
    ['two of them', `00-${trace}-${span}-01, 00-${trace}-${span}-01`],
    ['a line break', `00-${trace}-${span}-01\n`],
    ['a letter that is no digit', `00-${trace.replace('4', 'g')}-${span}-01`],
  ])('that is %s is not taken', (_, header) => {
    expect(readTraceparent(header)).toBeUndefined();
  });
});
