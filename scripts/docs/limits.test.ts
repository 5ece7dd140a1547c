import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemCodes } from '@sandgate/api-spec';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/limits.md');
const wrangler = parse(read('gateway/wrangler.jsonc'));
const document = JSON.parse(read('api-spec/openapi.json'));

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  .filter(([what]) => what !== 'what' && !what?.startsWith('---'))
  .map(([what = '', amount = '', beyond = '', source = '']) => ({ what, amount, beyond, source }));

const units: Record<string, number> = {
  '': 1,
  ...{ Ki: 1024, Mi: 1024 ** 2, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 },
  ...{ s: 1, min: 60, h: 3600, days: 86_400 },
};

/** The quantities of a cell: bytes, seconds, or a count. */
function quantities(text: string): number[] {
  const found = [...text.matchAll(/(\d+(?: \d{3})*) ?([A-Za-z]*)/g)];
  return found.map(([, digits = '', unit = '']) => {
    const size = units[unit === 'to' ? '' : unit];
    if (size === undefined) throw new Error(`"${unit}" is no unit`);
    return Number(digits.replaceAll(' ', '')) * size;
  });
}

/** What is set there, in the same units: a constant of the source, a bound of the contract, or a variable. */
function setBy(source: string): number[] {
  const [, constant, path] = /^\[`(\w+)`\]\(\.\.\/(.+)\)$/.exec(source) ?? [];
  if (constant && path) {
    const [, expression = ''] = new RegExp(`const ${constant} = ([\\d_ *+()]+);`).exec(read(path)) ?? [];
    const factors = expression
      .replaceAll('_', '')
      .split(/(?<!\*)\*(?!\*)/)
      .map(power);
    const value = factors.reduce((product, factor) => product * factor);
    if (constant.endsWith('Ms')) return [value / 1000];
    return [constant.endsWith('Days') ? value * 86_400 : value];
  }
  const [, name = '', separator, field = ''] = /^`(\w+)(?:([.?])(\w+))?`/.exec(source) ?? [];
  if (separator === '.') return boundsOf(document.components.schemas[name].properties[field]);
  if (separator === '?') return boundsOf(parameterOf(name, field));
  return [Number(name === 'max_instances' ? wrangler.containers[0].max_instances : wrangler.vars[name])];
}

function power(text: string): number {
  const [base = Number.NaN, exponent = 1] = text.split('**').map(Number);
  return base ** exponent;
}

function parameterOf(operationId: string, name: string): unknown {
  const operations = Object.values<Record<string, { operationId?: string; parameters?: { name: string }[] }>>(
    document.paths,
  ).flatMap((item) => Object.values(item));
  return operations
    .find((operation) => operation.operationId === operationId)
    ?.parameters?.find((p) => p.name === name);
}

/** Every bound that a schema sets. */
function boundsOf(schema: unknown): number[] {
  if (schema === null || typeof schema !== 'object') return [];
  return Object.entries(schema).flatMap(([name, value]) =>
    /^(min|max)/.test(name) && typeof value === 'number' ? [value] : boundsOf(value),
  );
}

describe('docs/limits.md', () => {
  it.each(rows)('$what: $amount', ({ amount, beyond, source }) => {
    const told = quantities(amount);
    expect(told).not.toEqual([]);
    const bounds = setBy(source);
    for (const quantity of told) expect(bounds).toContain(quantity);
    const [, status, code] = /(\d{3}) `(\w+)`/.exec(beyond) ?? [];
    if (code) expect(problemCodes[code as keyof typeof problemCodes]?.status).toBe(Number(status));
  });

  it('has every limit that a deployment can set', () => {
    const limits = Object.keys(wrangler.vars).filter((name) => name.includes('LIMIT'));
    expect(limits.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
