import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
const file = await session.files.read('hello.txt');
console.log(await file.text());
