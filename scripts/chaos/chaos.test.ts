import { expect, it } from 'vitest';
import { runChaos } from './run.ts';

/** Every fault once, always in the same order; see `npm run chaos` for more of them. */
it.skipIf(process.platform !== 'linux')('keeps its promises whatever goes wrong', { timeout: 600_000 }, async () => {
  const lines: string[] = [];
  const { findings } = await runChaos({
    seed: 'npm test',
    rounds: 3,
    sessions: 4,
    faultsPerRound: 7,
    onLine: (line) => lines.push(line),
  });
  expect(
    findings.flatMap(({ broken }) => broken),
    lines.join('\n'),
  ).toEqual([]);
});
