import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They take longest, or long for how few lines they are, as they mostly wait. */
const slow = [
  'attack/attack',
  'chaos/chaos',
  'public-door/slow-transfers',
  'public-door/idle',
  'public-door/sleep',
  'public-door/expiry',
  'public-door/parking',
  'public-door/round-trip',
  'public-door/pitfalls',
  'public-door/container-logs',
  'public-door/engine',
  'public-door/snapshots',
  'attack-gateway/fuzz',
  'attack-gateway/gateway',
].map((name) => `/scripts/${name}.test.ts`);

const isSlow = ({ moduleId }: TestSpecification) => slow.some((path) => moduleId.endsWith(path));

/**
 * Begins with what takes longest, so that no processor is idle at the end. Of what never ran here vitest knows only how
 * long it is, and would begin last with what waits.
 */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}
