import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayDocument } from '@sandgate/api-spec';
import { Scalar } from '@scalar/hono-api-reference';
import type { GatewayEnv } from '../gateway-env.ts';

/** The document and the interactive page. The page's script is a static asset of ours: it asks nobody else for anything. */
export function docsRoutes(app: OpenAPIHono<GatewayEnv>): void {
  const document = gatewayDocument();
  app.get('/openapi.json', (c) => c.json(document, 200, { 'access-control-allow-origin': '*' }));
  app.get(
    '/docs',
    Scalar({
      url: '/openapi.json',
      cdn: '/assets/scalar/standalone.js',
      pageTitle: 'Sandgate API',
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: 'never',
    }),
  );
}
