import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from './world.ts';

/** How long what is to be deleted may take, in milliseconds. */
const patienceMs = 20_000;

/** Holds R2 against what all sessions' stores say of it, once nothing is under way. Answers how many objects there are. */
export async function auditObjects(world: World): Promise<{ count: number; wrong: string[] }> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const objects = await compare(world);
    if (objects.wrong.length === 0 || performance.now() > deadline) return objects;
    await sleep(500);
  }
}

async function compare({ stored, orchestrators }: World): Promise<{ count: number; wrong: string[] }> {
  const entries = readdirSync(orchestrators)
    .filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name))
    .flatMap((name) => entriesOf(join(orchestrators, name)));
  // Of what is lent each borrower's store knows, under the same name.
  const stores = Map.groupBy(entries, ({ key }) => key);
  const present = new Set(await stored());
  const known = [...stores].map(([key, ofKey]) => ({ key, isNeeded: ofKey.some(({ isNeeded }) => isNeeded) }));
  return {
    count: present.size,
    wrong: [
      ...[...present].filter((key) => !stores.has(key)).map((key) => `${key}: no store knows it`),
      ...known.filter(({ isNeeded }) => !isNeeded).map(({ key }) => `${key}: no save needs it`),
      ...known.filter(({ key, isNeeded }) => isNeeded && !present.has(key)).map(({ key }) => `${key}: it is missing`),
    ],
  };
}

/** What an Orchestrator keeps, and a reader from outside can see beside it. */
function entriesOf(file: string): { key: string; isNeeded: boolean }[] {
  const store = new DatabaseSync(file, { readOnly: true });
  try {
    const sql = 'SELECT key, number IN (SELECT number FROM disk_parts) AS needed FROM disk_objects';
    return store
      .prepare(sql)
      .all()
      .map(({ key, needed }) => ({ key: String(key), isNeeded: needed === 1 }));
  } finally {
    store.close();
  }
}
