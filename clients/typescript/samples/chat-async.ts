import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
const turn = await session.turns.start('npm test');
console.log(turn.id, turn.status);
