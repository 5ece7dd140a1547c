import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
for await (const { requestId, title } of session.requests()) {
  console.log(requestId, title);
}
