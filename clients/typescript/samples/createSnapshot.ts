import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
const { id } = await session.snapshots.create({ name: 'before the upgrade' });
console.log(id);
