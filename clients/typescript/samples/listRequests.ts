import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
for (const { requestId, title } of await session.requests()) {
  console.log(requestId, title);
}
