import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
// The log so far; session.events() follows it.
for await (const event of session.listEvents({ types: 'message,complete' })) {
  console.log(event.seq, event.type);
}
