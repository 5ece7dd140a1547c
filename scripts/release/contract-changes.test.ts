import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { breakingChanges } from './contract-changes.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-contract-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const json = (schema: object) => ({ content: { 'application/json': { schema } } });
const kindOf = (type: string) => ({
  type: 'object',
  properties: { type: { type: 'string', enum: [type] } },
  required: ['type'],
});

/** A small contract, with one of each thing that may change. */
const contract = () => ({
  openapi: '3.1.0',
  info: { title: 'A contract', version: '1.0.0' },
  paths: {
    '/things': {
      get: {
        operationId: 'listThings',
        parameters: [{ name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } }],
        responses: {
          200: {
            description: 'All of them.',
            headers: { etag: { schema: { type: 'string' } } },
            ...json({ $ref: '#/components/schemas/Thing' }),
          },
          404: { description: 'None.' },
        },
      },
      post: {
        operationId: 'makeThing',
        requestBody: { required: true, ...json({ $ref: '#/components/schemas/NewThing' }) },
        responses: { 201: { description: 'Made.', ...json({ $ref: '#/components/schemas/Event' }) } },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: { name: { type: 'string' }, state: { type: 'string', enum: ['new', 'old'] } },
        required: ['name', 'state'] as string[],
      },
      NewThing: {
        type: 'object',
        properties: {
          name: { type: 'string', maxLength: 100 },
          size: { type: 'string', enum: ['small', 'large'] },
          maker: { anyOf: [kindOf('person'), kindOf('machine')] },
        },
        required: ['name'],
      },
      Event: { oneOf: [kindOf('begun'), kindOf('done')] },
    },
  },
});

type Contract = ReturnType<typeof contract>;

/** What breaks where the contract is changed so. */
function afterChange(change: (contract: Contract) => unknown): string[] {
  const revision = contract();
  change(revision);
  const paths = [contract(), revision].map((document, index) => {
    const path = join(folder, `${index}.json`);
    writeFileSync(path, JSON.stringify(document));
    return path;
  });
  return breakingChanges(paths[0] as string, paths[1] as string);
}

/** For what TypeScript will not see removed. */
const remove = (from: object, name: string) => void Reflect.deleteProperty(from, name);

describe('it breaks clients', () => {
  it.each<[string, (contract: Contract) => unknown, string]>([
    ['that an operation is gone', ({ paths }) => remove(paths['/things'], 'post'), 'was removed'],
    ['that a path is gone', ({ paths }) => remove(paths, '/things'), 'was removed'],
    ['that a status is gone', ({ paths }) => remove(paths['/things'].get.responses, '404'), '`404` was removed'],
    [
      'that a header is gone',
      ({ paths }) => remove(paths['/things'].get.responses[200].headers, 'etag'),
      'was removed',
    ],
    [
      'that an answer has a property less',
      ({ components: { schemas } }) => {
        remove(schemas.Thing.properties, 'name');
        schemas.Thing.required = ['state'];
      },
      '`name` of `Thing` was removed',
    ],
    [
      'that a property of an answer may be missing',
      ({ components: { schemas } }) => Object.assign(schemas.Thing, { required: ['name'] }),
      'no longer required: `state`',
    ],
    [
      'that a property of an answer has another type',
      ({ components: { schemas } }) => Object.assign(schemas.Thing.properties.name, { type: 'integer' }),
      'Type of `name`',
    ],
    [
      'that a request needs a property more',
      ({ components: { schemas } }) => schemas.NewThing.required.push('size'),
      'became required: `size`',
    ],
    [
      'that a request may not say a value any more',
      ({ components: { schemas } }) => schemas.NewThing.properties.size.enum.pop(),
      "lost values: 'large'",
    ],
    [
      'that a request has a narrower bound',
      ({ components: { schemas } }) => Object.assign(schemas.NewThing.properties.name, { maxLength: 10 }),
      '`maxLength` of `name`',
    ],
    [
      'that a kind of thing in a request needs a property more',
      ({ components: { schemas } }) => schemas.NewThing.properties.maker.anyOf[1]?.required.push('model'),
      'became required: `model`',
    ],
    [
      'that a request may no longer have a kind of thing',
      ({ components: { schemas } }) => schemas.NewThing.properties.maker.anyOf.pop(),
      'was removed',
    ],
    [
      'that a parameter is needed',
      ({ paths }) => Object.assign(paths['/things'].get.parameters[0] ?? {}, { required: true }),
      '`limit`',
    ],
  ])('%s', (_, change, message) => {
    expect(afterChange(change).join('\n')).toContain(message);
  });

  it('says where', () => {
    expect(afterChange(({ paths }) => remove(paths['/things'].get.responses, '404'))).toEqual([
      expect.stringMatching(/\n {4}#\/paths\/\/things\/get\/responses\/404$/),
    ]);
  });
});

describe('it breaks nobody', () => {
  it.each<[string, (contract: Contract) => unknown]>([
    ['that all is as it was', () => {}],
    ['that a text is another', ({ info }) => Object.assign(info, { title: 'The contract' })],
    ['that there is another path', ({ paths }) => Object.assign(paths, { '/more': { get: paths['/things'].get } })],
    [
      'that an answer has a property more',
      ({ components: { schemas } }) => Object.assign(schemas.Thing.properties, { colour: { type: 'string' } }),
    ],
    [
      'that a request may say more',
      ({ components: { schemas } }) => schemas.NewThing.properties.size.enum.push('medium'),
    ],
    [
      'that a kind of thing in a request may have a property more',
      ({ components: { schemas } }) =>
        Object.assign(schemas.NewThing.properties.maker.anyOf[1]?.properties ?? {}, { model: { type: 'string' } }),
    ],
    [
      'that an answer no longer says a value',
      ({ components: { schemas } }) => schemas.Thing.properties.state.enum.pop(),
    ],
    [
      'that an answer may say another value',
      ({ components: { schemas } }) => schemas.Thing.properties.state.enum.push('lost'),
    ],
    ['that there is another kind of event', ({ components: { schemas } }) => schemas.Event.oneOf.push(kindOf('more'))],
  ])('%s', (_, change) => {
    expect(afterChange(change)).toEqual([]);
  });
});

it('says why a document cannot be compared', () => {
  expect(() => breakingChanges(join(folder, 'none.json'), join(folder, 'none.json'))).toThrow('none.json');
});
