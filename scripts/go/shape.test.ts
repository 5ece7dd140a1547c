import { describe, expect, test } from 'vitest';
import type { Document, Schema } from './document.ts';
import { shapeForGo } from './shape.ts';
import { generatedUnions } from './unions.ts';

const text: Schema = { type: 'string' };
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values });
const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});

function documentOf(schemas: Record<string, Schema>, query: Record<string, Schema> = {}): Document {
  const parameters = Object.entries(query).map(([name, schema]) => ({ in: 'query', name, schema }));
  const header = { in: 'header', name: 'prefer', schema: text };
  const get = { operationId: 'listThings', parameters: [...parameters, header], responses: {} };
  return { openapi: '3.1.0', info: {}, paths: { '/things': { get } }, webhooks: {}, components: { schemas } };
}

const shaped = (schemas: Record<string, Schema>) => shapeForGo(documentOf(schemas)).components.schemas;

describe('schemas', () => {
  test('lists are one generic type', () => {
    const list = object({ data: { type: 'array', items: text } });
    const page = object({ data: { type: 'array', items: text }, nextCursor: text, hasMore: { type: 'boolean' } });
    const logs = object({ data: { type: 'array', items: text }, truncated: { type: 'boolean' } });
    expect(Object.keys(shaped({ ThingList: list, ThingPage: page, Logs: logs }))).toEqual(['Logs']);
  });

  test('the variants of a union are one struct, in which only what all of them need is required', () => {
    const schemas = {
      Local: object({ type: oneOf('local'), command: text }, ['type', 'command']),
      Remote: object({ type: oneOf('remote'), url: text }, ['type', 'url']),
      Server: { oneOf: [ref('Local'), ref('Remote')], discriminator: { propertyName: 'type', mapping: {} } },
    };
    const { Server, ServerType } = shaped(schemas);
    expect(Server).toMatchObject({ type: 'object', required: ['type'], properties: { type: ref('ServerType') } });
    expect(Object.keys(Server?.properties ?? {})).toEqual(['type', 'command', 'url']);
    expect(ServerType?.enum).toEqual(['local', 'remote']);
  });

  test('variants that no struct can hold are an error', () => {
    const union = { anyOf: [object({ value: text }), object({ value: { type: 'integer' } })] };
    expect(() => shaped({ Union: union })).toThrow('"value" is of several types');
  });

  test('what may be said in short or at length is said at length', () => {
    const content = { anyOf: [text, { type: 'array', items: ref('Block') }] };
    const { Message } = shaped({ Message: object({ content }), Block: object({ text }) });
    expect(Message?.properties?.content).toMatchObject({ type: 'array', items: ref('Block') });
  });

  test('what is optional is a pointer where zero says something', () => {
    const { Thing, UpdateThing } = shaped({
      Thing: object({
        name: text,
        exitCode: { type: 'integer' },
        limit: { type: 'integer', minimum: 1 },
        cost: { type: 'number', exclusiveMinimum: 0 },
        other: ref('Thing'),
        env: { type: 'object' },
      }),
      UpdateThing: object({ name: text }),
    });
    const pointers = Object.entries(Thing?.properties ?? {}).flatMap(([name, property]) =>
      property['x-go-type-skip-optional-pointer'] === false ? [name] : [],
    );
    expect(pointers).toEqual(['exitCode', 'other']);
    expect(Thing?.properties?.env?.['x-omitempty']).toBe(false);
    expect(UpdateThing?.properties?.name?.['x-go-type-skip-optional-pointer']).toBe(false);
  });
});

test('of an operation its query is left; a cursor is a text', () => {
  const { paths } = shapeForGo(documentOf({}, { after: { type: 'integer', minimum: 0 } }));
  expect(paths['/things']?.get?.parameters).toEqual([
    { in: 'query', name: 'after', schema: { type: 'string', minimum: 0 } },
  ]);
});

describe('enums', () => {
  test('are one type where they are the same', () => {
    const { Thing, PermissionMode } = shaped({
      Thing: object({ permissionMode: oneOf('ask', 'bypass') }),
      Change: object({ permissionMode: oneOf('ask', 'bypass') }),
    });
    expect(Thing?.properties?.permissionMode).toEqual(ref('PermissionMode'));
    expect(PermissionMode).toMatchObject(oneOf('ask', 'bypass'));
  });

  test('are called after their owners where a name means several', () => {
    const schemas = shaped({
      Thing: object({ status: oneOf('on', 'off') }),
      Other: object({ status: oneOf('new', 'old') }),
      Third: object({ status: oneOf('new', 'old') }),
    });
    expect(Object.keys(schemas)).toEqual(['Thing', 'Other', 'Third', 'ThingStatus', 'OtherStatus']);
  });

  test('have the name that the document gives them', () => {
    const schemas = shaped({
      Scope: oneOf('a', 'b'),
      Thing: object({ scopes: { type: 'array', items: oneOf('a', 'b') } }),
    });
    expect(schemas.Thing?.properties?.scopes?.items).toEqual(ref('Scope'));
    expect(Object.keys(schemas)).toEqual(['Scope', 'Thing']);
  });

  test('of one value are a string', () => {
    expect(shaped({ Thing: object({ type: oneOf('thing') }) }).Thing?.properties?.type).toEqual(text);
  });
});

test('each event says what all have, and is found by its type', () => {
  const event = {
    oneOf: [],
    discriminator: { propertyName: 'type', mapping: { said: '#/x/SaidEvent', delta: '#/x/Delta' } },
  };
  const go = generatedUnions(documentOf({ Event: event, SaidEvent: object({ seq: text }), Delta: object({}) }));
  expect(go).toContain('case "said":\nreturn new(SaidEvent)');
  expect(go).toContain('func (e *SaidEvent) Envelope() Envelope {\nreturn Envelope{Type: e.Type, Seq: e.Seq,');
  expect(go).toContain('func (e *Delta) Envelope() Envelope {\nreturn Envelope{Type: e.Type, At: e.At,');
});
