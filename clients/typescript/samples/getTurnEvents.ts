import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
for await (const event of session.turns.events('turn_01', { after: 2 })) {
  console.log(event.type);
}
