import type { z } from '@hono/zod-openapi';

/** What matches nothing: a part that is left to the schema. */
const never = '(?!)';

/** A string as `JSON.stringify` writes it; unrolled, so that no text of a megabyte needs a stack of its own. */
const plain = String.raw`[^"\\\x00-\x1f]*`;
const escaped = String.raw`\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f]))`;
const string = `"${plain}(?:${escaped}${plain})*"`;

/**
 * The source of a regular expression, without a group of its own, for JSON texts that are certainly what a schema makes
 * of them, to the letter: valid, with nothing to leave out, in the schema's order, and written as `JSON.stringify` does.
 * Where it does not match, the schema itself has to be asked.
 *
 * A Worker may not generate code, and without it zod takes longer for an event than all else that is done with it. To
 * parse and to write it again takes ten times as long as to see that both may be left. So the kinds of schema that events
 * are made of are read here once; what is of another kind never matches.
 */
export function exactText(schema: z.core.$ZodType): string {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'number') return numberText(def);
  if (def.checks?.length || 'check' in def) return never;
  if (def.type === 'object' && !def.catchall) return objectText(def.shape);
  if (def.type === 'union' && 'discriminator' in def) return anyOf(def.options.map(exactText));
  if (def.type === 'optional') return exactText(def.innerType);
  if (def.type === 'literal') return anyOf(def.values.map(literalText));
  if (def.type === 'enum') return anyOf(Object.values(def.entries).map(literalText));
  if (def.type === 'array') return arrayText(exactText(def.element));
  if (def.type === 'string') return string;
  if (def.type === 'boolean') return '(?:true|false)';
  return never;
}

/** One whose first property may be absent never matches: nothing that is said has such a shape. */
function objectText(shape: Record<string, z.core.$ZodType>): string {
  const [first, ...others] = Object.entries(shape).map(([key, schema]) => ({
    isOptional: schema._zod.def.type === 'optional',
    text: `${literalText(key)}:${exactText(schema)}`,
  }));
  if (!first || first.isOptional) return never;
  const rest = others.map(({ isOptional, text }) => (isOptional ? `(?:,${text})?` : `,${text}`));
  return String.raw`\{${first.text}${rest.join('')}\}`;
}

const arrayText = (element: string) => String.raw`\[(?:${element}(?:,${element})*)?\]`;

const anyOf = (texts: string[]) => `(?:${texts.join('|')})`;

const literalText = (value: unknown) => RegExp.escape(JSON.stringify(value) ?? '');

/** Whole numbers of up to 15 digits, which are safe; not below 0 or 1 where that is the bound. */
function numberText(def: z.core.$ZodNumberDef): string {
  if (!('format' in def) || def.format !== 'safeint') return never;
  const bounds = (def.checks ?? []).map((check) => check._zod.def as z.core.$ZodCheckGreaterThanDef);
  if (bounds.some(({ check, inclusive }) => check !== 'greater_than' || !inclusive)) return never;
  const positive = '[1-9][0-9]{0,14}';
  const [least = Number.NEGATIVE_INFINITY, ...more] = bounds.map(({ value }) => Number(value));
  if (more.length > 0) return never;
  if (least === Number.NEGATIVE_INFINITY) return `(?:0|-?${positive})`;
  if (least === 0) return `(?:0|${positive})`;
  return least === 1 ? positive : never;
}
