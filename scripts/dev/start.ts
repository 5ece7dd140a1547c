import { styleText } from 'node:util';
import { addClaude } from '../claude/image.ts';
import { agents } from './agents.ts';
import { commandLine } from './command-line.ts';
import { conversation } from './conversation.ts';
import { engineOptions } from './engine.ts';
import { modelVars } from './model.ts';
import { type Stack, startStack, stopSignal } from './stack.ts';
import { openState } from './state.ts';

/** `npm start`: a whole Sandgate on this machine, until Ctrl-C. */
const values = commandLine({
  name: 'npm start',
  about: 'Runs Sandgate on this machine until Ctrl-C. PORT, SANDGATE_API_KEY and other variables are in the README.',
  options: {
    ...engineOptions,
    verbose: { type: 'boolean', about: 'says what the engine does, what sandboxes print and what the gateway logs' },
  },
});

const signal = stopSignal();
const began = performance.now();
const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;

try {
  const folder = process.env.SANDGATE_STATE_DIR ?? '.sandgate';
  const { engine } = values;
  const vars = modelVars(process.env);
  const hasClaude = vars.ANTHROPIC_API_KEY !== undefined && engine === 'local' && !values['unsafe-no-isolation'];
  if (hasClaude) addClaude(openState(folder, process.env.SANDGATE_API_KEY).image);
  const stack = await startStack({
    folder,
    port: portOf(process.env.PORT ?? '8787'),
    apiKey: process.env.SANDGATE_API_KEY,
    engine,
    unsafeNoIsolation: values['unsafe-no-isolation'],
    verbose: values.verbose,
    vars,
    onStep: (step) => console.error(styleText('dim', `${seconds().padStart(7)}  ${step} …`)),
    signal,
  });
  greet(stack, agents(hasClaude));
  await untilStopped(stack);
} catch (error) {
  if (signal.aborted && error === signal.reason) process.exit(0);
  console.error(styleText('red', `\n${error instanceof Error ? error.message : String(error)}\n`));
  process.exitCode = 1;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`PORT is "${text}", which is not a port.`);
  return port;
}

function greet({ url, apiKey, docsUrl, engine }: Stack, agents: string): void {
  const bold = (text: string) => styleText('bold', text);
  console.log(`
${bold('Sandgate is ready')} after ${seconds()}, with sandboxes held by: ${engine.mode} (limits: ${engine.limits})

  API    ${bold(url)}
  Docs   ${bold(docsUrl)} (with the key filled in, once)
  Key    ${bold(apiKey)}

${agents}

A conversation to paste:

${conversation(url, apiKey)}

Ctrl-C stops everything; sessions and their events are kept.`);
}

/** Resolves once all is stopped: by a signal, or as the engine ended by itself. */
async function untilStopped(stack: Stack): Promise<void> {
  const asked = new Promise<string>((resolve) => {
    if (signal.aborted) resolve('asked');
    signal.addEventListener('abort', () => resolve('asked'));
  });
  const reason = await Promise.race([asked, stack.engine.ended().then(() => 'engine')]);
  console.error(styleText('dim', '\nStopping …'));
  await stack.close();
  if (reason === 'engine')
    throw new Error('The container engine ended unexpectedly; start again with --verbose to see why.');
}
