import { styleText } from 'node:util';
import { tally } from '../attack-gateway/tally.ts';
import { commandLine } from '../dev/command-line.ts';
import { stopSignal } from '../dev/stack.ts';
import { exhaustions, judgeExhaustion } from './exhaustion.ts';
import { tries } from './tries/tries.ts';
import { isPromised } from './try.ts';
import { judge, judgeControl } from './verdict.ts';
import { openWorld } from './world.ts';

const names = [...tries.flatMap((ofClass) => ofClass.tries), ...exhaustions].map(({ name }) => name);

/** `npm run attack:engine`: every try, by every actor, as a table. Exits with 1 where one got through. */
const values = commandLine({
  name: 'npm run attack:engine',
  about: 'Tries to break out of a local sandbox.',
  options: { only: { type: 'string', about: 'part of the name of what is tried', partOf: names, default: '' } },
});

const dim = (text: string) => styleText('dim', text);
const mark = (passed: boolean) => (passed ? styleText('green', '✓') : styleText('red', '✗'));
// After Ctrl-C the present try is the last: the host is left as it was found.
const signal = stopSignal();
const world = await openWorld(signal);
const { mode, limits, disk } = world.stack.engine;
const count = { passed: 0, failed: 0, proven: 0, skipped: 0 };
const began = performance.now();

function line(actor: string, name: string, note: string, reason: string | undefined): void {
  const passed = reason === undefined;
  count[passed ? 'passed' : 'failed'] += 1;
  console.log(`${mark(passed)} ${actor.padEnd(6)} ${name.padEnd(58)} ${dim(note)}`);
  if (reason) console.log(`    ${reason.trim().replaceAll('\n', '\n    ')}`);
}

function skip(name: string, need: string | undefined): void {
  count.skipped += 1;
  console.log(dim(`- not promised here, without ${need}: ${name}`));
}

try {
  console.log(`Sandboxes held by: ${mode} (limits: ${limits}, disk: ${disk})`);
  for (const { title, tries: ofClass } of tries) {
    const chosen = ofClass.filter(({ name }) => name.includes(values.only));
    if (chosen.length === 0) continue;
    console.log(`\n${styleText('bold', title)}`);
    for (const attempt of chosen) {
      signal.throwIfAborted();
      if (!isPromised(attempt.needs, world.stack.engine)) {
        skip(attempt.name, attempt.needs);
        continue;
      }
      const control = mode === 'root' ? await judgeControl(world, attempt) : undefined;
      if (control?.works) count.proven += 1;
      if (control && !control.works)
        line(
          'host',
          attempt.name,
          'it has to succeed without isolation',
          `It printed:\n${control.output.slice(0, 500)}`,
        );
      const asked = control?.works ? 'succeeds without isolation' : 'DID NOT SUCCEED';
      const proof = attempt.withoutControl ?? (control ? asked : 'only asked as root');
      for (const actor of attempt.actors) {
        const reason = await judge(world, attempt, actor);
        line(actor, attempt.name, `${attempt.stoppedBy}; control: ${proof}`, reason);
      }
    }
  }
  const chosen = exhaustions.filter(({ name }) => name.includes(values.only));
  if (chosen.length > 0) console.log(`\n${styleText('bold', 'Exhaustion, with a neighbour that goes on answering')}`);
  for (const exhaustion of chosen) {
    signal.throwIfAborted();
    if (!isPromised(exhaustion.needs, world.stack.engine)) {
      skip(exhaustion.name, exhaustion.needs);
      continue;
    }
    const { note, reason } = await judgeExhaustion(world, exhaustion);
    line(exhaustion.actor, exhaustion.name, `${exhaustion.stoppedBy}; ${note}`, reason);
  }
} catch (error) {
  if (error !== signal.reason) throw error;
} finally {
  await world.close();
}
console.log(
  `\n${count.proven} tries succeed on the host itself, without isolation. ${((performance.now() - began) / 1000).toFixed(0)} s.` +
    (count.skipped > 0 ? ` ${count.skipped} tries not run, as this machine or user cannot have what holds them.` : ''),
);
tally('tries to get out of a sandbox of the local engine', count.passed + count.failed);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 && count.passed > 0 && !signal.aborted ? 0 : 1;
