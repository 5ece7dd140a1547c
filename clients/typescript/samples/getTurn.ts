import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
const turn = await session.turns.get('turn_01', { wait: 60 });
console.log(turn.status, turn.outputText);
