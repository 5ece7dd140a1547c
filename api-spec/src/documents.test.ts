import type { RouteConfig } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { gatewayDocument, sandboxDocument } from './documents.ts';
import { gatewayRoutes } from './gateway/routes.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The fields of every object in a document that lack a description or, where they are no reference, an example. */
function undescribed(value: Json, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => undescribed(item, `${path}/${index}`));
  const properties = value.type === 'object' && value.properties ? Object.entries(value.properties) : [];
  const missing = properties.flatMap(([name, field]) => {
    const schema = field as { [key: string]: Json };
    const isReference = '$ref' in schema || 'allOf' in schema;
    const isList = schema.type === 'array' && typeof schema.items === 'object';
    const described = 'description' in schema || isReference;
    const exemplified = 'example' in schema || 'examples' in schema || isReference || isList;
    return described && exemplified ? [] : [`${path}/${name}`];
  });
  return [...missing, ...Object.entries(value).flatMap(([key, inner]) => undescribed(inner, `${path}/${key}`))];
}

describe.each([
  ['openapi.json', gatewayDocument()],
  ['sandbox.openapi.json', sandboxDocument()],
])('%s', (_, document) => {
  const operations = Object.values(document.paths ?? {}).flatMap((item) =>
    Object.values(item as Record<string, object>),
  );

  it('describes every operation, and every field with an example', () => {
    for (const operation of operations)
      expect(operation).toMatchObject({ summary: expect.any(String), description: expect.any(String) });
    expect(undescribed(JSON.parse(JSON.stringify(document.components?.schemas)))).toEqual([]);
  });

  it('describes every parameter with an example', () => {
    const parameters = operations.flatMap((operation) => (operation as { parameters?: object[] }).parameters ?? []);
    for (const parameter of parameters)
      expect(parameter).toMatchObject({ description: expect.any(String), schema: { example: expect.anything() } });
  });

  it('refuses by problem details only', () => {
    for (const operation of operations as { responses: Record<string, { content?: object }> }[])
      for (const [status, { content }] of Object.entries(operation.responses))
        if (Number(status) >= 400) expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
  });
});

type Content = Record<string, { schema: { $ref?: string } }>;
type Operation = {
  operationId: string;
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
  'x-codeSamples'?: { lang: string }[];
};

describe('what openapi.json shows', () => {
  const document = gatewayDocument();
  const schemas = (document.components?.schemas ?? {}) as Record<string, { example?: unknown }>;
  const operations = Object.values(document.paths ?? {}).flatMap((item) =>
    Object.values(item as Record<string, Operation>),
  );
  const exampleOf = (content?: Content) =>
    schemas[content?.['application/json']?.schema.$ref?.split('/').at(-1) ?? '']?.example;

  const schemaOf = (content: object | undefined) =>
    (content as Record<string, { schema: z.ZodType }> | undefined)?.['application/json']?.schema;

  it.each(Object.values<RouteConfig>(gatewayRoutes))('$operationId has examples that are right', (route) => {
    const operation = operations.find(({ operationId }) => operationId === route.operationId);
    const body = schemaOf(route.request?.body?.content);
    if (body) expect(body.parse(exampleOf(operation?.requestBody?.content))).toBeDefined();
    for (const [status, { content }] of Object.entries(operation?.responses ?? {})) {
      const example = exampleOf(content);
      const described = route.responses[status];
      const schema = schemaOf(described && 'content' in described ? described.content : undefined);
      if (example && schema) expect(schema.parse(example)).toEqual(example);
    }
  });

  it('lists every tag in a group, or nobody would find its operations', () => {
    const used = new Set(Object.values<RouteConfig>(gatewayRoutes).flatMap(({ tags = [] }) => tags));
    const described = document.tags?.map(({ name }) => name);
    const { 'x-tagGroups': groups } = document as { 'x-tagGroups'?: { tags: string[] }[] };
    expect(new Set(described)).toEqual(used);
    expect(groups?.flatMap(({ tags }) => tags)).toEqual(described);
  });

  it('has a sample in every language where it has one at all', () => {
    const sampled = operations.flatMap(({ 'x-codeSamples': samples }) => (samples ? [samples] : []));
    expect(sampled.length).toBeGreaterThanOrEqual(15);
    for (const samples of sampled)
      expect(samples.map(({ lang }) => lang)).toEqual(expect.arrayContaining(['bash', 'typescript', 'python', 'go']));
  });
});
