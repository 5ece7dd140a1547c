import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
const { path, size } = await session.files.write('notes/today.md', '# Today');
console.log(path, size);
