import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { commandLine } from '../dev/command-line.ts';
import { faults } from './faults/faults.ts';
import { runChaos } from './run.ts';
import { table } from './table.ts';

/**
 * `npm run chaos`: a stack that works while everything around it breaks. Exits with 1 where a promise was broken.
 */
const { seed = randomBytes(4).toString('hex'), ...values } = commandLine({
  name: 'npm run chaos',
  about: 'Kills, cuts, stalls and fills what turns stand on, and judges what every reader saw.',
  options: {
    seed: { type: 'string', about: 'the same turns and faults again; another each time unless told' },
    rounds: { type: 'number', about: 'how many rounds', default: 12 },
    sessions: { type: 'number', about: 'how many sessions work in each', default: 6 },
    faults: { type: 'number', about: 'how many faults are in each', default: 3 },
    only: {
      type: 'string',
      about: 'part of the name of the faults to choose from',
      partOf: faults.map(({ name }) => name),
      default: '',
    },
    kills: { type: 'number', about: 'nothing but so many kills in the middle of saves, wakes, snapshots and forks' },
  },
});

/** How many disks are worked on at a time where nothing else is. */
const disksAtOnce = 4;
const kind =
  values.kills === undefined
    ? {
        rounds: values.rounds,
        sessions: values.sessions,
        faultsPerRound: values.faults,
        only: values.only,
      }
    : {
        rounds: Math.ceil(values.kills / disksAtOnce),
        sessions: 0,
        faultsPerRound: disksAtOnce,
        only: 'disk ',
      };

console.log(styleText('bold', `Seed ${seed}`));
const log = join(tmpdir(), `sandgate-chaos-${seed}.log`);
const began = performance.now();
const verdict = await runChaos({
  seed,
  ...kind,
  log,
  onLine: (line) => console.log(styleText('dim', line)),
});
console.log(table(verdict));
const again = `${values.kills === undefined ? '' : `--kills ${values.kills} `}--seed ${seed}`;
console.log(`${((performance.now() - began) / 1000).toFixed(0)} s. The same again: npm run chaos -- ${again}`);
const isKept = verdict.findings.every(({ broken }) => broken.length === 0);
if (isKept) rmSync(log, { force: true });
else console.log(`What the gateway logged: ${log}`);
process.exit(isKept ? 0 : 1);
