import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { runChaos } from './run.ts';
import { table } from './table.ts';

/**
 * `npm run chaos`: a stack that works while everything around it breaks. Exits with 1 where a promise was broken.
 * `--kills <n>` does nothing but kill something in the middle of saves, wakes, snapshots and forks of disks, so often.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    rounds: { type: 'string', default: '12' },
    sessions: { type: 'string', default: '6' },
    faults: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    kills: { type: 'string' },
  },
});

/** How many disks are worked on at a time where nothing else is. */
const disksAtOnce = 4;
const kind =
  values.kills === undefined
    ? {
        rounds: Number(values.rounds),
        sessions: Number(values.sessions),
        faultsPerRound: Number(values.faults),
        only: values.only,
      }
    : {
        rounds: Math.ceil(Number(values.kills) / disksAtOnce),
        sessions: 0,
        faultsPerRound: disksAtOnce,
        only: 'disk ',
      };

console.log(styleText('bold', `Seed ${values.seed}`));
const log = join(tmpdir(), `sandgate-chaos-${values.seed}.log`);
const began = performance.now();
const verdict = await runChaos({
  seed: values.seed,
  ...kind,
  log,
  onLine: (line) => console.log(styleText('dim', line)),
});
console.log(table(verdict));
const again = `${values.kills === undefined ? '' : `--kills ${values.kills} `}--seed ${values.seed}`;
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s. The same again: npm run chaos -- ${again}`);
const isKept = verdict.findings.every(({ broken }) => broken.length === 0);
if (isKept) rmSync(log, { force: true });
else console.log(`What the gateway logged: ${log}`);
process.exit(isKept ? 0 : 1);
