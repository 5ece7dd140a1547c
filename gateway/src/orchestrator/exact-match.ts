import type { z } from '@hono/zod-openapi';

type Match = (value: unknown) => boolean;

/**
 * Tells of values parsed from JSON that they are certainly what a schema makes of them, to the letter: valid, with
 * nothing to leave out, and in the schema's order. Where the answer is `false`, the schema itself has to be asked.
 *
 * A Worker may not generate code, and without it zod takes longer for an event than all else that is done with it. So the
 * kinds of schema that events are made of are read here once; what is of another kind never matches.
 */
export function exactMatch<T>(schema: z.ZodType<T>): (value: unknown) => value is T {
  return matchOf(schema) as (value: unknown) => value is T;
}

function matchOf(schema: z.core.$ZodType): Match {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'number') return numberMatch(def);
  if (def.checks?.length || 'check' in def) return never;
  if (def.type === 'object' && !def.catchall) return objectMatch(def.shape);
  if (def.type === 'union' && 'discriminator' in def) return unionMatch(String(def.discriminator), def.options);
  if (def.type === 'optional') return matchOf(def.innerType);
  if (def.type === 'literal') return memberMatch(def.values);
  if (def.type === 'enum') return memberMatch(Object.values(def.entries));
  if (def.type === 'array') return arrayMatch(def.element);
  if (def.type === 'string') return (value) => typeof value === 'string';
  if (def.type === 'boolean') return (value) => typeof value === 'boolean';
  return never;
}

const never: Match = () => false;

function objectMatch(shape: Record<string, z.core.$ZodType>): Match {
  const properties = Object.entries(shape).map(([key, schema]) => ({
    key,
    isOptional: schema._zod.def.type === 'optional',
    match: matchOf(schema),
  }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let next = 0;
    for (const key in value) {
      while (properties[next]?.key !== key) if (!properties[next++]?.isOptional) return false;
      if (!properties[next++]?.match((value as Record<string, unknown>)[key])) return false;
    }
    while (properties[next]?.isOptional) next += 1;
    return next === properties.length;
  };
}

function unionMatch(discriminator: string, options: readonly z.core.$ZodType[]): Match {
  const matches = new Map<unknown, Match>();
  for (const option of options)
    for (const value of option._zod.propValues?.[discriminator] ?? []) matches.set(value, matchOf(option));
  return (value) => {
    const kind = (value as Record<string, unknown> | null | undefined)?.[discriminator];
    return matches.get(kind)?.(value) ?? false;
  };
}

function arrayMatch(element: z.core.$ZodType): Match {
  const match = matchOf(element);
  return (value) => Array.isArray(value) && value.every(match);
}

function memberMatch(values: readonly unknown[]): Match {
  const members = new Set(values);
  return (value) => members.has(value);
}

/** Whole numbers, not below a bound where there is one. */
function numberMatch(def: z.core.$ZodNumberDef): Match {
  if (!('format' in def) || def.format !== 'safeint') return never;
  let least = Number.MIN_SAFE_INTEGER;
  for (const check of def.checks ?? []) {
    const bound = check._zod.def as z.core.$ZodCheckGreaterThanDef;
    if (bound.check !== 'greater_than' || !bound.inclusive || typeof bound.value !== 'number') return never;
    least = Math.max(least, bound.value);
  }
  return (value) => Number.isSafeInteger(value) && (value as number) >= least;
}
