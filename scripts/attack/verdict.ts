import type { Actor, Try } from './try.ts';
import type { World } from './world.ts';

export interface Verdict {
  actor: Actor;
  try: Try;
  passed: boolean;
  /** Whether the same script gets through where nothing holds it; undefined where it could not be asked. */
  control: boolean | undefined;
  /** What went wrong, with what was printed. */
  reason: string | undefined;
}

/** Lets one actor try, and judges what it printed. */
export async function judge(world: World, attempt: Try, actor: Actor): Promise<Verdict> {
  const output = await world.attack(actor, attempt.script, attempt.file);
  const shown = world.shows(output);
  const reason = shown
    ? `it got through (${shown})`
    : attempt.evidence.test(output)
      ? undefined
      : `no evidence of ${attempt.evidence} in:\n${output.slice(0, 1000)}`;
  return { actor, try: attempt, passed: reason === undefined, control: undefined, reason };
}

/** Runs the script on the host: a try that cannot succeed there either would prove nothing. */
export async function judgeControl(
  world: World,
  attempt: Try,
): Promise<{ works: boolean; output: string } | undefined> {
  if (attempt.withoutControl) return undefined;
  const output = await world.control(attempt.script, attempt.file);
  return { works: world.shows(output) !== undefined, output };
}
