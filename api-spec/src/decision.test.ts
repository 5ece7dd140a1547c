import { expect, it } from 'vitest';
import { ToolInput } from './decision.ts';

/** An object around so many levels that it is `depth` deep. */
const nested = (depth: number, [open, close]: [string, string]) =>
  JSON.parse(`{"a":${open.repeat(depth - 1)}1${close.repeat(depth - 1)}}`);

it.each<[string, string]>([
  ['[', ']'],
  ['{"a":', '}'],
])('the input of a tool is 64 levels deep at most: %s', (...level) => {
  expect(ToolInput.safeParse(nested(64, level)).success).toBe(true);
  expect(ToolInput.safeParse(nested(65, level)).success).toBe(false);
  expect(ToolInput.safeParse(nested(200_000, level)).success).toBe(false);
});
