import { type Document, nameOf, type Operation, type Schema } from './document.ts';
import { enumsNamed } from './enums.ts';

/** What the client has as an interface, or as methods. */
const withoutStruct = new Set(['Event', 'DurableEvent', 'FileOperation']);

/**
 * The document as oapi-codegen makes good Go of it: the schemas, and of the operations what is asked by query. What the
 * client's transport or its generic types say already is left out.
 */
export function shapeForGo({ openapi, info, paths, components }: Document): Document {
  const schemas: Record<string, Schema> = {};
  for (const [name, schema] of Object.entries(structuredClone(components.schemas)))
    if (!withoutStruct.has(name) && !isList(schema)) schemas[name] = optional(merged(schema, components.schemas), name);
  // The client's own Session is one that can be talked to.
  if (schemas.Session) schemas.Session['x-go-name'] = 'SessionData';
  return enumsNamed({
    openapi,
    info,
    paths: Object.fromEntries(Object.entries(structuredClone(paths)).map(([path, of]) => [path, queriesOf(of)])),
    webhooks: {},
    components: { schemas },
  });
}

/** `{data}` and pages are one generic type of the client. */
function isList({ properties = {} }: Schema): boolean {
  const names = Object.keys(properties).sort().join();
  return names === 'data' || names === 'data,hasMore,nextCursor';
}

function queriesOf(methods: Record<string, Operation>): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(methods).map(([method, { operationId, parameters = [] }]) => {
      const inUrl = parameters.filter((parameter) => parameter.in !== 'header');
      for (const { name, schema } of inUrl) {
        // The cursor of a page is a text, whatever it counts.
        if (name === 'after') schema.type = 'string';
        pointWhereZeroCounts(schema);
      }
      return [method, { operationId, parameters: inUrl, responses: { 204: { description: '' } } }];
    }),
  );
}

/** One struct in place of a union that Go has no word for: what only some of the variants have is optional. */
function merged(schema: Schema, schemas: Record<string, Schema>): Schema {
  const { oneOf, anyOf, discriminator: _, ...rest } = schema;
  const variants = (oneOf ?? anyOf)?.map(({ $ref, ...own }) => (($ref && schemas[nameOf($ref)]) || own) as Schema);
  // What may be said in short or at length is said at length.
  const list = variants?.find(({ type }) => type === 'array');
  const whole = list ? { ...list, ...rest } : variants ? { ...rest, ...united(variants) } : schema;
  const properties = whole.properties && mapValues(whole.properties, (property) => merged(property, schemas));
  return { ...whole, ...(properties && { properties }), ...(whole.items && { items: merged(whole.items, schemas) }) };
}

function united(variants: Schema[]): Schema {
  const properties: Record<string, Schema> = {};
  for (const [name, property] of variants.flatMap((variant) => Object.entries(variant.properties ?? {}))) {
    if (properties[name] && properties[name].type !== property.type)
      throw new Error(`No one struct can hold these variants: "${name}" is of several types. Make them an interface.`);
    const values = [...(properties[name]?.enum ?? []), ...(property.enum ?? [])];
    properties[name] = { ...property, ...(values.length > 0 && { enum: values, description: '' }) };
  }
  const required = Object.keys(properties).filter((name) =>
    variants.every((variant) => variant.required?.includes(name)),
  );
  return { type: 'object', properties, required };
}

/** What is optional is left out where it is zero; where zero says something itself, it is a pointer that may be nil. */
function optional(schema: Schema, name: string): Schema {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    // A change to "" is another than none.
    const isText = name.startsWith('Update') && property.type === 'string' && !property.enum && !property.format;
    if (isText) property['x-go-type-skip-optional-pointer'] = false;
    else pointWhereZeroCounts(property);
    // Nor is {} none.
    if (property.type === 'object' || property.type === 'array') property['x-omitempty'] = false;
    // As net/http spells it.
    if (key === 'etag') property['x-go-name'] = 'ETag';
  }
  return schema;
}

function pointWhereZeroCounts(schema: Schema): void {
  const isNumber = schema.type === 'integer' || schema.type === 'number';
  const hasZero = isNumber && (schema.minimum ?? 0) <= 0 && schema.exclusiveMinimum === undefined;
  if (hasZero || schema.$ref) schema['x-go-type-skip-optional-pointer'] = false;
}

function mapValues<T>(record: Record<string, T>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
