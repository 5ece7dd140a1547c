import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EventSource } from 'eventsource';
import { describe, expect, inject, it } from 'vitest';
import { judge, type Message, readToEnd } from './event-source-judge.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

/** Node's own, in a Node that has it. */
async function readWithNode(url: string): Promise<Message[]> {
  const reading = `(${readToEnd})(EventSource, ${JSON.stringify(url)})`;
  // While it waits to come back, it does not keep the process alive.
  const program = `const alive = setInterval(() => {}, 1000); ${reading}.then((all) => {
    console.log(JSON.stringify(all));
    clearInterval(alive);
  })`;
  const args = ['--experimental-eventsource', '--no-warnings', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 << 20 });
  return JSON.parse(stdout);
}

/** For Chromium's see `npm run test:browser`. */
describe.each([
  { name: 'npm eventsource', read: (url: string) => readToEnd(EventSource as never, url) },
  { name: "Node's own EventSource", read: readWithNode },
])('$name', ({ read }) => {
  it('reads a turn through two cuts to its end, each event once', async () => {
    const { cuts, read: found, due, rebuilt, printed } = await judge(door, read);
    expect(cuts).toBe(2);
    expect(found).toEqual(due);
    expect(printed).toContain('tick 20\n\ndata: evil\r\n\nid: 99\n🐘\n');
    expect(printed.startsWith(rebuilt)).toBe(true);
    expect(rebuilt).not.toBe('');
  });
});
