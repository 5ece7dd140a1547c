import type { Document, Schema } from './document.ts';

/** Where a set of values stands: in which schema or query, and as what. */
interface Place {
  owner: string;
  property: string;
  schema: Schema;
}

/** What enums are called whose places say it badly. */
const betterNames: Record<string, string> = {
  By: 'ResolvedBy',
  Kind: 'RequestKind',
  NewWebhookStatus: 'WebhookStatus',
  Scopes: 'SessionTokenScope',
  Stream: 'OutputStream',
};

/**
 * Makes each set of values one named type, however often the document spells it out. What can have one value only is
 * a string.
 */
export function enumsNamed(document: Document): Document {
  const { schemas } = document.components;
  const keyOf = (schema: Schema) => schema.enum?.join() ?? '';
  const names = new Map(Object.entries(schemas).map(([name, schema]) => [keyOf(schema), name]));
  const sets = Map.groupBy(placesIn(document), ({ schema }) => keyOf(schema));
  const properties = [...sets.values()].map(([first]) => first?.property);
  for (const [key, [first, ...others]] of sets) {
    if (!first) continue;
    const { owner, property, schema } = first;
    // In several places and always as the same thing: then the owner does not matter.
    const isShared = others.length > 0 && properties.filter((name) => name === property).length === 1;
    const found = (isShared ? '' : owner) + pascal(property);
    const name = names.get(key) ?? betterNames[found] ?? found;
    schemas[name] ??= { ...schema };
    for (const place of [first, ...others]) refer(place.schema, name);
  }
  return document;
}

function* placesIn({ paths, components }: Document): Iterable<Place> {
  const owners = [
    ...Object.entries(components.schemas).map(([name, { properties = {} }]) => ({ owner: name, properties })),
    ...Object.values(paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId, parameters = [] }) => ({
        owner: pascal(operationId),
        properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      })),
  ];
  for (const { owner, properties } of owners) {
    for (const [property, value] of Object.entries(properties)) {
      const schema = value.items ?? value;
      if (schema.enum?.length === 1) delete schema.enum;
      if (schema.enum) yield { owner, property, schema };
    }
  }
}

/** Keeps the object, so that whatever holds it holds the reference. */
function refer(schema: Schema, name: string): void {
  for (const key of Object.keys(schema)) delete schema[key as keyof Schema];
  schema.$ref = `#/components/schemas/${name}`;
}

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
