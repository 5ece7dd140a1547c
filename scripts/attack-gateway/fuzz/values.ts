import fc from 'fast-check';
import { resolved, type Schema } from './schema.ts';

/** Texts that mean something to somebody on the way: a path, a header, a log, a stream, a prototype, a database. */
export const nastyTexts = [
  '',
  ' ',
  '.',
  '..',
  '../../etc/passwd',
  '/',
  '\\',
  '\0',
  'a\0b',
  '\r\nx-injected: 1',
  '\n\ndata: {"type":"complete"}\n\n',
  'id: 9\nevent: x',
  '\u2028\u2029\u0085',
  '\ud800',
  '\ufeff',
  '\u202e',
  '__proto__',
  'constructor',
  'toString',
  'NaN',
  '-1',
  '1e3',
  '0x10',
  '9007199254740993',
  "' OR 1=1 --",
  '%00',
  '%',
  '🦆'.repeat(64),
  'x'.repeat(5000),
];

const text = (constraints: fc.StringConstraints = {}) =>
  fc.oneof(fc.string({ unit: 'binary', ...constraints }), fc.string({ unit: 'grapheme', ...constraints }));

/** What fits nowhere, or only by chance. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 31), [], {}, [null], ['']),
  fc.constant(JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}')),
  fc.constantFrom(...nastyTexts),
  fc.double(),
  text(),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Values that a schema describes; the document leaves out what a `refine` of the contract adds, so that some are refused. */
export function valuesOf(given: Schema): fc.Arbitrary<unknown> {
  const schema = resolved(given);
  const described = byKind(schema);
  return schema.example === undefined ? described : fc.oneof(fc.constant(schema.example), described);
}

function byKind(schema: Schema): fc.Arbitrary<unknown> {
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return fc.oneof(...choices.map(valuesOf));
  if (schema.allOf) return valuesOf(Object.assign({}, ...schema.allOf.map(resolved)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type ?? 'any'].flat();
  return fc.oneof(...types.map((type) => ofType(type, schema)));
}

function ofType(type: string, schema: Schema): fc.Arbitrary<unknown> {
  const { minimum, maximum, exclusiveMinimum } = schema;
  switch (type) {
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer({ min: minimum ?? -(2 ** 31), max: maximum ?? 2 ** 31 - 1 });
    case 'number':
      return fc.double({ min: minimum ?? exclusiveMinimum ?? -1e9, max: maximum ?? 1e9, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const { minItems: minLength = 0, maxItems = 4 } = schema;
      return fc.array(valuesOf(schema.items ?? {}), {
        minLength,
        maxLength: Math.max(minLength, Math.min(maxItems, 4)),
      });
    }
    case 'object':
      return objects(schema);
    default:
      return junk;
  }
}

function texts({ format, pattern, minLength = 0, maxLength = 300 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString());
  if (format === 'uri') return fc.webUrl();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const fits = nastyTexts.filter(({ length }) => length >= minLength && length <= maxLength);
  return fc.oneof(fc.constantFrom(...fits), text({ minLength, maxLength: Math.min(maxLength, minLength + 300) }));
}

function objects({ properties = {}, required = [], additionalProperties }: Schema): fc.Arbitrary<unknown> {
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema)])),
    { requiredKeys: required },
  );
  if (typeof additionalProperties !== 'object') return named;
  const free = fc.dictionary(fc.oneof(fc.constantFrom(...nastyTexts), text()), valuesOf(additionalProperties), {
    maxKeys: 4,
  });
  return fc.tuple(named, free).map(([some, more]) => ({ ...more, ...some }));
}

/** A value with one thing in it that is not as it was: replaced, left out, added, or in a list. */
export function mutated(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const change = fc.record({ where: fc.nat(), how: fc.constantFrom('replace', 'leave out', 'add', 'list'), by: junk });
  return fc.tuple(values, change).map(([value, { where, how, by }]) => {
    const copy = { root: structuredClone(value) };
    const places = placesIn(copy);
    const [holder, key] = places[where % places.length] as [Record<string, unknown>, string];
    const held = holder[key];
    if (how === 'leave out') delete holder[key];
    else if (how === 'list') holder[key] = [held, held];
    else if (how === 'add' && held !== null && typeof held === 'object')
      Object.defineProperty(held, typeof by === 'string' ? by : '__proto__', {
        value: by,
        enumerable: true,
        configurable: true,
      });
    else holder[key] = by;
    return copy.root;
  });
}

function placesIn(holder: object): [object, string][] {
  return Object.entries(holder).flatMap(([key, value]): [object, string][] => [
    [holder, key],
    ...(value !== null && typeof value === 'object' ? placesIn(value) : []),
  ]);
}
