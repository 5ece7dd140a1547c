import type { Actor, Try } from './try.ts';
import type { World } from './world.ts';

/** Lets one actor try, and answers what went wrong, if anything did, with what was printed. */
export async function judge(world: World, attempt: Try, actor: Actor): Promise<string | undefined> {
  const output = await world.attack(actor, attempt);
  const shown = world.shows(output);
  if (shown) return `it got through (${shown})`;
  return attempt.evidence.test(output) ? undefined : `no evidence of ${attempt.evidence} in:\n${output.slice(0, 1000)}`;
}

/** Runs the script on the host: a try that cannot succeed there either would prove nothing. */
export async function judgeControl(
  world: World,
  attempt: Try,
): Promise<{ works: boolean; output: string } | undefined> {
  if (attempt.withoutControl) return undefined;
  const output = await world.control(attempt);
  return { works: world.shows(output) !== undefined, output };
}
