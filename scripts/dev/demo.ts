import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { type Event, Sandgate } from '@sandgate/client';
import { MessagesApi } from '../../sandbox-server/src/testing/messages-api.ts';
import { claudeStack } from '../claude/stack-options.ts';
import { commandLine } from './command-line.ts';
import { engineOptions } from './engine.ts';
import { type Stack, startStack, stopSignal } from './stack.ts';

/**
 * `npm run demo`: one whole conversation through the TypeScript client, against a stack of its own. With
 * `-- --agent claude` it is the real Claude CLI that works, and a script that stands in for its model.
 */
const values = commandLine({
  name: 'npm run demo',
  about: 'One whole conversation through the TypeScript client, against a stack of its own.',
  options: {
    agent: { type: 'string', about: 'who works', oneOf: ['shell', 'claude'], default: 'shell' },
    ...engineOptions,
  },
});

const command = `echo "Counting in $(pwd), as $(id -un)"
for i in 1 2 3; do echo "  $i …"; sleep 0.3; done
echo "Hello from the sandbox" > hello.txt`;
const replies = [
  { say: 'I shall count, and then write a file.', use: [{ name: 'Bash', input: { command } }] },
  { say: 'The file is written.' },
];
const demos = {
  shell: { about: 'it runs each message as a shell script', message: command },
  claude: {
    about: 'the real CLI; each message lists what its model shall answer',
    message: JSON.stringify(replies),
  },
};
const expected = 'Hello from the sandbox\n';

const dim = (text: string) => styleText('dim', text);
const bold = (text: string) => styleText('bold', text);

const signal = stopSignal();
const folder = mkdtempSync(join(tmpdir(), 'sandgate-demo-'));
let stack: Stack | undefined;
let model: MessagesApi | undefined;
try {
  const { agent, engine } = values;
  if (agent === 'claude' && engine === 'docker') throw new Error('The demo of claude runs on the local engine.');
  const { about, message } = demos[agent];
  if (agent === 'claude') model = await MessagesApi.start();
  stack = await startStack({
    ...(model ? claudeStack(folder, model) : { folder, engine }),
    unsafeNoIsolation: values['unsafe-no-isolation'],
    onStep: (step) => console.log(dim(`${step} …`)),
    signal,
  });
  const client = new Sandgate({ baseUrl: stack.url, apiKey: stack.apiKey });
  const session = await client.sessions.create({ agent, metadata: { purpose: 'demo' } });
  console.log(`\n${bold('Session')} ${session.id}, agent ${session.data.agent}: ${about}\n`);

  let completed = false;
  for await (const event of session.chat(message)) {
    print(event);
    if (event.type === 'permission.requested') {
      await session.resume({ requestId: event.requestId, decision: 'allow', scope: 'once' });
      console.log(`${bold('Answered')}   allow, once`);
    }
    completed ||= event.type === 'complete' && event.stopReason === 'end_turn';
  }

  const read = await (await session.files.read('hello.txt')).text();
  console.log(`\n${bold('hello.txt')}  ${read}`);
  if (!completed || read !== expected) throw new Error('The conversation did not end as it should.');
} catch (error) {
  if (!signal.aborted) console.error(styleText('red', String(error)));
  process.exitCode = 1;
} finally {
  await stack?.close();
  await model?.stop();
  rmSync(folder, { recursive: true, force: true });
}

function print(event: Event): void {
  if (event.type === 'message')
    console.log(`${bold(event.message.role)}\n${event.message.content.map(({ text }) => indented(text)).join('\n')}`);
  else if (event.type === 'status') console.log(dim(`· ${event.status.state}`));
  else if (event.type === 'permission.requested') console.log(`${bold('Asks')}       ${event.title}`);
  else if (event.type === 'permission.resolved') console.log(dim(`· ${event.decision} by ${event.by}`));
  else if (event.type === 'tool.delta') process.stdout.write(styleText('green', event.text));
  else if (event.type === 'tool.result') console.log(dim(`· exit code ${event.exitCode}`));
  else if (event.type === 'error') console.log(styleText('red', `${event.code}: ${event.message}`));
  else if (event.type === 'complete') console.log(`${bold('Complete')}   ${event.stopReason}`);
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
