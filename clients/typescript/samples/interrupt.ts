import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
const { interrupted, turnId } = await session.interrupt();
console.log(interrupted, turnId);
