import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tries } from './tries/tries.ts';
import { isPromised } from './try.ts';
import { judge, judgeControl } from './verdict.ts';
import { openWorld, type World } from './world.ts';

/** All but what exhausts, which takes a minute, and most of the controls: for those see `npm run attack:engine`. */
describe.skipIf(process.platform !== 'linux')('an attacker', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world?.close());

  for (const { title, tries: ofClass } of tries) {
    const attempts = ofClass.flatMap((attempt) => attempt.actors.map((actor) => ({ attempt, actor })));
    describe(title, () => {
      it.for(attempts)('$actor: $attempt.name', async ({ attempt, actor }, { skip }) => {
        skip(!isPromised(attempt.needs, world.stack.engine), 'not promised in this mode');
        expect(await judge(world, attempt, actor)).toBeUndefined();
      });
    });
  }

  it.runIf(process.getuid?.() === 0)('gets through where nothing holds it, so that a try can fail', async () => {
    const attempts = tries.flatMap(({ tries: ofClass }) => ofClass.find(({ withoutControl }) => !withoutControl) ?? []);
    for (const attempt of attempts) {
      expect(await judgeControl(world, attempt), attempt.name).toMatchObject({ works: true });
    }
  });
});
