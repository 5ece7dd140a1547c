import { expect, it } from 'vitest';
import { openRule, type SealedRule, sealRules, shownRules } from './sealed-rule.ts';

const headers = { authorization: 'Bearer planted' };
const seal = (rules = [{ host: 'api.example.org', headers }]) => sealRules('master', 'session', rules);

it('opens for the same session and host', async () => {
  const [rule] = (await seal()) as [SealedRule];
  expect(JSON.stringify(rule)).not.toContain('planted');
  expect(await openRule('master', 'session', rule)).toEqual(headers);
});

it('is another text each time', async () => {
  expect(await seal()).not.toEqual(await seal());
});

it('opens for no other session, host or secret, nor where it was changed', async () => {
  const [rule] = (await seal()) as [SealedRule];
  await expect(openRule('master', 'another', rule)).rejects.toThrow();
  await expect(openRule('another', 'session', rule)).rejects.toThrow();
  await expect(openRule('master', 'session', { ...rule, host: 'evil.example.org' })).rejects.toThrow();
  const sealed = `${rule.sealed?.startsWith('A') ? 'B' : 'A'}${rule.sealed?.slice(1)}`;
  await expect(openRule('master', 'session', { ...rule, sealed })).rejects.toThrow();
});

it('shows the names of headers only, and needs no secret where there are none', async () => {
  expect(shownRules(await seal())).toEqual({ allow: [{ host: 'api.example.org', headerNames: ['authorization'] }] });
  const [open] = (await sealRules(undefined, 'session', [{ host: 'example.org' }])) as [SealedRule];
  expect(await openRule(undefined, 'session', open)).toEqual({});
});
