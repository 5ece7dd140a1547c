import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
const fork = await session.fork({ metadata: { attempt: '2' } });
console.log(fork.id, fork.data.forkedFrom?.sessionId);
