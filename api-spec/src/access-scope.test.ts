import { expect, it } from 'vitest';
import { scopeOf } from './access-scope.ts';
import { gatewayRoutes } from './gateway/routes.ts';

const routes = Object.values(gatewayRoutes);

it.each(routes.filter(({ path }) => path.startsWith('/v1/')))('$operationId names the scope that it needs', (route) => {
  expect(scopeOf(route)).toBeDefined();
});

it('only what says nothing of anybody is public', () => {
  const open = routes.filter((route) => scopeOf(route) === undefined);
  expect(open.map(({ path }) => path)).toEqual(['/health']);
});

it('a route that names none, or one that there is not, is an error', () => {
  const route = { method: 'get', path: '/v1/x', responses: {} } as const;
  expect(() => scopeOf(route)).toThrow('/v1/x');
  expect(() => scopeOf({ ...route, security: [{ bearerKey: [] }] })).toThrow('/v1/x');
  expect(() => scopeOf({ ...route, security: [{ bearerKey: ['sessions:all'] }] })).toThrow('/v1/x');
});
