import { connect } from 'node:net';
import type { Order, Reading, Report } from './readers.ts';

/** The program of a process that reads streams as fast as they come: it counts, and parses nothing. */
const completion = '"type":"complete"';
const ofAgent = Buffer.from('"detail":"');
const madeAt = /"detail":"(\d+)"/;
/** Where a proxy cut the stream anew, also in the middle of a word (RFC 9112, section 7.1). */
const chunkHeads = /\r\n[0-9a-f]+\r\n/g;
const lastChunk = Buffer.from('\r\n0\r\n\r\n');

/** Where whoever asked hung up meanwhile, nobody is there to be told. */
const say = (report: Report) => process.send?.(report, undefined, undefined, () => {});

/** Microseconds of the machine's monotonic clock. */
const now = () => Number(process.hrtime.bigint() / 1000n);

function read({ wire, timesEach, isStuck }: Order, onHead: () => void): Promise<Reading> {
  const buffer = Buffer.alloc(128 * 1024);
  const reading: Reading = {
    began: now(),
    first: 0,
    made: 0,
    end: 0,
    bytes: 0,
    status: 0,
    isComplete: false,
    lags: [],
  };
  let tail = Buffer.alloc(0);
  return new Promise((resolve) => {
    const finish = () => {
      reading.end ||= now();
      const last = tail.toString('latin1');
      reading.isComplete = last.replaceAll(chunkHeads, '').includes(completion);
      if (!reading.isComplete) reading.last = last;
      socket.destroy();
      resolve(reading);
    };
    const onData = (size: number): boolean => {
      const chunk = buffer.subarray(0, size);
      if (reading.bytes === 0) {
        reading.status = Number(chunk.toString('latin1', 9, 12));
        onHead();
      }
      reading.bytes += size;
      if (!reading.first && chunk.includes(ofAgent)) reading.first = now();
      if (!reading.made) reading.made = Number(madeAt.exec(chunk.toString('latin1'))?.[1] ?? 0);
      if (timesEach) {
        const at = now();
        for (const [, made] of chunk.toString('latin1').matchAll(/"detail":"(\d+)/g))
          reading.lags.push(at - Number(made));
      }
      tail = Buffer.concat([tail, chunk.subarray(-400)]).subarray(-400);
      if (tail.subarray(-lastChunk.length).equals(lastChunk)) finish();
      return !isStuck;
    };
    const socket = connect({
      port: wire.port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer, callback: onData },
    });
    socket.on('connect', () => socket.write(wire.text));
    socket.on('error', (error) => {
      reading.error = String(error);
    });
    socket.on('close', finish);
  });
}

process.on('message', async (orders: Order[]) => {
  let heads = 0;
  const onHead = () => {
    heads += 1;
    if (heads === orders.length) say({ type: 'attached' });
  };
  say({ type: 'read', readings: await Promise.all(orders.map((order) => read(order, onHead))) });
});
process.on('disconnect', () => process.exit());
