import { commandLine } from '../dev/command-line.ts';
import { engineOptions } from '../dev/engine.ts';
import { startStack } from '../dev/stack.ts';
import { openState } from '../dev/state.ts';
import { rebuildIndex } from './rebuild.ts';

/** `npm run rebuild-index`: makes the index of sessions what the Orchestrators of the state folder say. */
const values = commandLine({
  name: 'npm run rebuild-index',
  about: 'Makes the list of sessions what the sessions themselves say; for a stack that is stopped.',
  options: engineOptions,
});

const folder = process.env.SANDGATE_STATE_DIR ?? '.sandgate';
const apiKey = process.env.SANDGATE_API_KEY;
try {
  const { engine, 'unsafe-no-isolation': unsafeNoIsolation } = values;
  const stack = await startStack({ folder, apiKey, engine, unsafeNoIsolation });
  try {
    const { objects, rows } = await rebuildIndex(stack.workers, openState(folder, apiKey).data);
    console.log(`The index says what ${objects} Orchestrators do; ${rows} rows were there before.`);
  } finally {
    await stack.close();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
process.exit();
