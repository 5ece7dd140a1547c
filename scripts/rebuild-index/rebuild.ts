import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Miniflare } from 'miniflare';

/** Of the gateway's, in `reindex-consumer.ts`. */
type Message = { object: string } | { accountId: string; id: string; createdAt: string };

interface Row {
  account_id: string;
  id: string;
  created_at: string;
}

const queue = 'sandgate-index';
const atOnce = 50;

/**
 * Makes the index of sessions (D1) what the Orchestrators say. Each session has one, and no list of them is kept that could be
 * lost with the index: here the files of workerd are that list, on Cloudflare its API is.
 *
 * @param data where workerd keeps its objects.
 * @returns how many Orchestrators and rows were looked at.
 * @throws where one of them could not be brought up to date; the rest is.
 */
export async function rebuildIndex(workers: Miniflare, data: string): Promise<{ objects: number; rows: number }> {
  const objects = objectsIn(join(data, 'do/sandgate-Orchestrator')).map((object) => ({ object }));
  const database = await workers.getD1Database('DB');
  // Read before anything is written: what is written behind this is right.
  const { results } = await database.prepare('SELECT account_id, id, created_at FROM sessions').all<Row>();
  const rows = results.map(({ account_id, id, created_at }) => ({ accountId: account_id, id, createdAt: created_at }));
  const failed = [...(await send(workers, objects)), ...(await send(workers, rows))];
  if (failed.length > 0)
    throw new Error(`${failed.length} sessions could not be indexed; gateway.log says why. Run it again.`);
  return { objects: objects.length, rows: rows.length };
}

/** The ids of the objects that have a file. */
function objectsIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => /^([0-9a-f]{64})\.sqlite$/.exec(name)?.[1] ?? []);
}

/** Hands the messages to the consumer, as the Queue would. Answers the ids of those that it gave back. */
async function send(workers: Miniflare, messages: Message[]): Promise<string[]> {
  const worker = await workers.getWorker();
  const failed: string[] = [];
  for (let sent = 0; sent < messages.length; sent += atOnce) {
    const batch = messages.slice(sent, sent + atOnce).map((body, index) => {
      return { id: `${sent + index}`, timestamp: new Date(), attempts: 1, body };
    });
    const { retryMessages } = await worker.queue(queue, batch);
    failed.push(...retryMessages.map(({ msgId }) => msgId));
  }
  return failed;
}
