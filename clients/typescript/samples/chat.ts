import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
for await (const event of session.chat('uname -s')) {
  if (event.type === 'tool.delta') process.stdout.write(event.text);
  if (event.type === 'complete') console.log(event.stopReason);
}
