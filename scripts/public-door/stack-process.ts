import { once } from 'node:events';
import { startStack } from '../dev/stack.ts';
import { testEngine } from './test-engine.ts';

/** A stack in a process of its own, to be killed; it says where it is, and ends with its input. */
const stack = await startStack({
  folder: process.argv[2] as string,
  engine: testEngine,
  vars: { ALLOW_SCRIPTED_AGENT: '1' },
});
process.stdout.write(`${JSON.stringify({ url: stack.url, apiKey: stack.apiKey, mode: stack.engine.mode })}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
await stack.close();
process.exit(0);
