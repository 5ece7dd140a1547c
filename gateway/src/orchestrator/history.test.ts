import { expect, it } from 'vitest';
import { chunkOf } from './chunk.ts';
import { EventLog } from './event-log.ts';
import { History } from './history.ts';
import { sessionStorage } from './testing/session-storage.ts';

it('is read in pages of what they cost who takes them over, however little of it is stored', () => {
  const { sql } = sessionStorage();
  const log = new EventLog(sql);
  const json = JSON.stringify({ type: 'status', detail: 'x'.repeat(400_000) });
  for (let seq = 1; seq <= 12; seq++) log.append(chunkOf([{ seq, turnId: 'a', type: 'status', json }]));
  const history = new History(sql);
  const pages: number[] = [];
  for (let after = 0; after < log.head; ) {
    const rows = history.read('segments', after, log.head);
    after = Number(rows.at(-1)?.first_seq);
    pages.push(rows.length);
  }
  expect(pages).toEqual([6, 6]);
});
