import { expect, it } from 'vitest';
import { Prices } from './prices.ts';
import { noTokens } from './token-count.ts';

const cheap = { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 };
const dear = { input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 };
const prices = new Prices(JSON.stringify({ 'model-a': cheap, 'model-a-large': dear }));

it('counts each kind of token by the price of its model, which the longest name finds', () => {
  const tokens = { input: 1_000_000, output: 200_000, cacheRead: 1_000_000, cacheWrite: 400_000 };
  expect(prices.costOf('model-a-20261101', tokens)).toBeCloseTo(1 + 1 + 0.1 + 0.5);
  expect(prices.costOf('model-a-large-20261101', tokens)).toBeCloseTo(10 + 10 + 1 + 5);
});

it('has no price for a model that nobody named', () => {
  expect(prices.costOf('model-b', noTokens)).toBeUndefined();
  expect(new Prices(undefined).isEmpty).toBe(true);
  expect(() => new Prices('{"model-a": 3}')).toThrow();
});
