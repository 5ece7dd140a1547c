import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
const { turnId } = await session.resume({
  requestId: 'perm_01',
  decision: 'allow',
});
console.log(turnId);
