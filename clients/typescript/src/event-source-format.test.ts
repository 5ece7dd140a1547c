import { describe, expect, test } from 'vitest';
import { decode, type Frame } from './event-source.ts';
import { SandgateError } from './index.ts';
import { collect } from './testing/collect.ts';
import { complete, TestGateway } from './testing/gateway.ts';
import { TestTiming } from './testing/timing.ts';

/**
 * What the standard says of the format, case by case: the streams are those of the format tests of the Web Platform
 * Tests (eventsource/format-*), by their names there. Of each event the last id that was seen, and the data.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
const cases: { name: string; stream: string; events: [lastId: string, data: string][]; retryMs?: number }[] = [
  {
    name: 'bom: one at the beginning is no part of the stream, a later one is',
    stream: '\uFEFFdata:1\n\n\uFEFFdata:2\n\ndata:3\n\n',
    events: [
      ['', '1'],
      ['', '3'],
    ],
  },
  {
    name: 'bom-2: of two at the beginning, the second is part of the stream',
    stream: '\uFEFF\uFEFFdata:1\n\ndata:2\n\ndata:3\n\n',
    events: [
      ['', '2'],
      ['', '3'],
    ],
  },
  {
    name: 'comments',
    stream: `data:1\r:\0\n:\r\ndata:2\n:${'x'.repeat(2048)}\rdata:3\n:data:fail\r:${'x'.repeat(2048)}\ndata:4\n\n`,
    events: [['', '1\n2\n3\n4']],
  },
  {
    name: 'data-before-final-empty-line: what no empty line ends is dropped, its id too',
    stream: 'retry:1000\ndata:test1\n\nid:test\ndata:test2',
    events: [['', 'test1']],
    retryMs: 1000,
  },
  {
    name: 'field-data: also empty, also twice',
    stream: 'data:\n\ndata\ndata\n\ndata:test\n\n',
    events: [
      ['', ''],
      ['', '\n'],
      ['', 'test'],
    ],
  },
  { name: 'field-event-empty', stream: 'event: \ndata:data\n\n', events: [['', 'data']] },
  {
    name: 'field-event: what it is called is in its data here',
    stream: 'event:test\ndata:x\n\ndata:x\n\n',
    events: [
      ['', 'x'],
      ['', 'x'],
    ],
  },
  { name: 'field-id', stream: 'id: 1\ndata: hello\n\n', events: [['1', 'hello']] },
  {
    name: 'field-id-2: it need not be ASCII',
    stream: 'id: …\ndata: hello\n\ndata: again\n\n',
    events: [
      ['…', 'hello'],
      ['…', 'again'],
    ],
  },
  {
    name: 'field-id-3: it persists',
    stream: 'id: 1\ndata: 1\n\ndata:2\n\n',
    events: [
      ['1', '1'],
      ['1', '2'],
    ],
  },
  {
    name: 'field-id-3: it changes, and persists',
    stream: 'id: 1\ndata: 1\n\nid: 2\ndata:2\n\ndata:3\n\n',
    events: [
      ['1', '1'],
      ['2', '2'],
      ['2', '3'],
    ],
  },
  {
    name: 'field-id-3: an empty one resets it',
    stream: 'id: 1\ndata: 1\n\nid:\ndata:2\n\ndata:3\n\n',
    events: [
      ['1', '1'],
      ['', '2'],
      ['', '3'],
    ],
  },
  {
    name: 'field-id-null: one with U+0000 is none',
    stream: 'id: 1\ndata: 1\n\nid: \0\0\ndata: hello\n\n',
    events: [
      ['1', '1'],
      ['1', 'hello'],
    ],
  },
  {
    name: 'field-parsing: only the name itself is the name, and one space is no data',
    stream:
      'data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n',
    events: [['', '\0\n 2\n1\n3\n\n4']],
  },
  { name: 'field-retry', stream: 'retry:3000\ndata:x\n\n', events: [['', 'x']], retryMs: 3000 },
  {
    name: 'field-retry-bogus: digits only',
    stream: 'retry:3000\nretry:1000x\ndata:x\n\n',
    events: [['', 'x']],
    retryMs: 3000,
  },
  { name: 'field-retry-empty', stream: 'retry\ndata:test\n\n', events: [['', 'test']] },
  {
    name: 'field-unknown',
    stream: 'data:test\n data\ndata\nfoobar:xxx\njustsometext\n:thisisacommentyay\ndata:test\n\n',
    events: [['', 'test\n\ntest']],
  },
  {
    name: 'leading-space: one is no data',
    stream: 'data:\ttest\rdata: \ndata:test\n\n',
    events: [['', '\ttest\n\ntest']],
  },
  { name: 'newlines: all three', stream: 'data:test\r\ndata\ndata:test\r\n\r', events: [['', 'test\n\ntest']] },
  { name: 'null-character', stream: 'data:\0\n\n\n\n', events: [['', '\0']] },
  { name: 'utf-8', stream: 'data:ok…\n\n', events: [['', 'ok…']] },
];

describe.each(cases)('$name', ({ stream, events, retryMs }) => {
  const bytes = new TextEncoder().encode(stream);

  test('in one piece', async () => {
    const frames = await read([bytes]);
    expect(eventsOf(frames)).toEqual(events);
    expect(frames.findLast((frame) => 'retryMs' in frame)).toEqual(retryMs === undefined ? undefined : { retryMs });
  });

  test('byte by byte', async () => {
    expect(eventsOf(await read(Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual(events);
  });
});

test('bytes that are no UTF-8 are replaced, and break nothing', async () => {
  const frames = await read([Uint8Array.of(...new TextEncoder().encode('data:a'), 0xff, 0x0a, 0x0a)]);
  expect(eventsOf(frames)).toEqual([['', 'a\uFFFD']]);
});

test.each([
  ['mime-bogus', 'x bogus', SandgateError],
  ['mime-trailing-semicolon', 'text/event-stream;', undefined],
  ['mime-valid-bogus', 'text/event-stream;x bogus', undefined],
])('%s: what is called "%s"', async (_, type, refusal) => {
  const gateway = await TestGateway.start((response) =>
    response.writeHead(200, { 'content-type': type }).end(complete(1)),
  );
  const reading = collect(gateway.client().sessions.handle('s').chat('x'));
  if (refusal) await expect(reading).rejects.toThrow(refusal);
  else expect(await reading).toMatchObject([{ type: 'complete' }]);
});

function read(chunks: Uint8Array[]): Promise<Frame[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return collect(decode(body, 'GET /events', new TestTiming()));
}

function eventsOf(frames: Frame[]): [lastId: string, data: string][] {
  let lastId = '';
  return frames.flatMap((frame) => {
    if ('id' in frame) lastId = frame.id;
    return 'data' in frame ? [[lastId, frame.data]] : [];
  });
}
