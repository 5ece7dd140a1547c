import fc from 'fast-check';
import type { DescribedOperation, Parameter, Schema } from './schema.ts';
import { junk, mutated, nastyTexts, valuesOf } from './values.ts';

/** A request as it goes over the wire, but for who sends it. */
export interface FuzzedRequest {
  method: string;
  /** With the query, encoded or not. `{{name}}` stands for what the victim has under the name. */
  target: string;
  headers: Record<string, string>;
  body?: Uint8Array | string;
}

const encoded = (value: unknown) =>
  encodeURIComponent((typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed());

/** A segment of a path as nobody's library would encode it. */
const oddSegments = [
  '%',
  '%zz',
  '%ff%fe',
  '%c0%ae%c0%ae',
  '%2e%2e',
  '..',
  '.',
  '%2f',
  '%5c..%5c',
  '%00',
  '..;',
  '%u002e',
  '%252e',
  '//',
  '',
];

/** What a header can carry at all: Latin-1, in one line. */
const headerText = fc.oneof(fc.constantFrom(...nastyTexts), fc.string({ unit: 'binary' })).map((text) =>
  Buffer.from(text, 'latin1')
    .toString('latin1')
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ''),
);

function segment({ name, schema }: Parameter): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(`{{${name}}}`) },
    // Not by the contract's example, which other requests make: what only reads would meet what is going away.
    { weight: 1, arbitrary: valuesOf({ ...schema, example: undefined }).map(encoded) },
    { weight: 1, arbitrary: junk.map(encoded) },
    { weight: 1, arbitrary: fc.constantFrom(...oddSegments) },
  );
}

function queryPart({ name, schema }: Parameter): fc.Arbitrary<string[]> {
  const pair = (value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.entries(value).map(([key, inner]) => `${name}${encoded(`[${key}]`)}=${encoded(inner)}`)
      : [`${name}=${encoded(value)}`];
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant<string[]>([]) },
    { weight: 4, arbitrary: valuesOf(schema).map(pair) },
    { weight: 1, arbitrary: junk.map(pair) },
    { weight: 1, arbitrary: fc.constantFrom(...oddSegments).map((odd) => [`${name}=${odd}`, `${name}=${odd}`]) },
  );
}

function targets({ path, parameters }: DescribedOperation): fc.Arbitrary<string> {
  const segments = parameters.filter((parameter) => parameter.in === 'path');
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const foreign = fc.oneof(
    { weight: 5, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.tuple(junk, junk).map(([name, value]) => [`${encoded(name)}=${encoded(value)}`]) },
  );
  return fc
    .tuple(fc.tuple(...segments.map(segment)), fc.tuple(...query.map(queryPart)), foreign)
    .map(([filled, pairs, more]) => {
      const where = segments.reduce((so, { name }, index) => so.replace(`{${name}}`, () => filled[index] ?? ''), path);
      const search = [...pairs.flat(), ...more].join('&');
      return search ? `${where}?${search}` : where;
    });
}

const accept = fc.constantFrom('application/json', 'text/event-stream', '*/*', 'text/html;q=0.1', ';;,q');

function headersOf({ parameters }: DescribedOperation): fc.Arbitrary<Record<string, string>> {
  const own = parameters.filter((parameter) => parameter.in === 'header');
  const value = (schema: Schema) =>
    fc.oneof(
      { weight: 3, arbitrary: valuesOf(schema).map((text) => String(text).replaceAll(/[^\x20-\x7e]/g, '')) },
      { weight: 1, arbitrary: headerText },
    );
  return fc
    .tuple(
      fc.record(Object.fromEntries(own.map(({ name, schema }) => [name, value(schema)])), { requiredKeys: [] }),
      fc.record(
        { accept, 'x-request-id': headerText, 'x-http-method-override': fc.constantFrom('DELETE', 'PUT') },
        { requiredKeys: [] },
      ),
    )
    .map(([described, more]) => ({ ...more, ...described }));
}

const wrongTypes = fc.oneof(
  fc.constantFrom(
    'text/plain',
    'application/json; charset=utf-16',
    'application/jsonx',
    'multipart/form-data; boundary=x',
  ),
  fc.constantFrom('application/x-www-form-urlencoded', 'application/json, text/plain', ''),
  headerText,
);

/** Bodies that only look like JSON, or like nothing. */
const rawBodies: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.constantFrom(
    '',
    'null',
    '[]',
    '"',
    '{',
    '{"a":1,"a":2}',
    '{"id":"a","id":"b"}',
    '1e999',
    '-0',
    '[1e400]',
    'undefined',
    '{}{}',
  ),
  fc.constantFrom(
    '\ufeff{}',
    '{"a":"\\ud800"}',
    '{"__proto__":{}}',
    `${'['.repeat(20_000)}`,
    `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  ),
  fc.uint8Array({ maxLength: 600 }),
  fc.constant(new Uint8Array(1024)), // An archive that holds nothing.
);

type Sent = Pick<FuzzedRequest, 'body'> & { type?: string };

function bodies({ body }: DescribedOperation): fc.Arbitrary<Sent> {
  const foreign = fc.tuple(rawBodies, wrongTypes).map(([raw, type]) => ({ body: raw, type }));
  if (!body) return fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: foreign });
  const [[type = '', { schema } = { schema: {} as Schema }] = []] = Object.entries(body);
  const sentAs = fc.oneof({ weight: 12, arbitrary: fc.constant(type) }, { weight: 1, arbitrary: wrongTypes });
  const json = (values: fc.Arbitrary<unknown>) => values.map((value) => JSON.stringify(value) ?? '');
  const right = type === 'application/json' ? valuesOf(schema) : undefined;
  const content: fc.Arbitrary<string | Uint8Array> = right
    ? fc.oneof(
        { weight: 4, arbitrary: json(right) },
        { weight: 4, arbitrary: json(mutated(right)) },
        { weight: 1, arbitrary: json(junk) },
        { weight: 1, arbitrary: rawBodies },
      )
    : rawBodies;
  return fc.oneof(
    { weight: 12, arbitrary: fc.record({ body: content, type: sentAs }) },
    { weight: 1, arbitrary: fc.constant({}) },
  );
}

/** Requests for an operation: right ones, such with one thing wrong, and garbage. */
export function requestsFor(operation: DescribedOperation): fc.Arbitrary<FuzzedRequest> {
  return fc
    .tuple(targets(operation), headersOf(operation), bodies(operation))
    .map(([target, headers, { body, type }]) => ({
      method: operation.method,
      target,
      headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
      ...(body !== undefined && { body }),
    }));
}
