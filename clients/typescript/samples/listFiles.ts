import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
for await (const { path, size } of session.files.list('.', { recursive: true })) {
  console.log(path, size);
}
