import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayDocument } from '@sandgate/api-spec';
import { Scalar } from '@scalar/hono-api-reference';
import type { GatewayEnv } from '../gateway-env.ts';
import { problemsPage } from './problems-page.ts';

type Document = ReturnType<typeof gatewayDocument>;
type Parameter = { required?: boolean; schema?: { example?: unknown } };

/**
 * The document for the page: an optional parameter shows its example, but is not sent until it is ticked. In the
 * document itself the extension would say nothing to anybody.
 */
function untickedDocument(document: Document): Document {
  const copy = structuredClone(document);
  for (const item of Object.values(copy.paths ?? {}))
    for (const operation of Object.values(item as Record<string, { parameters?: Parameter[] }>))
      for (const parameter of operation.parameters ?? [])
        if (!parameter.required && parameter.schema)
          Object.assign(parameter, { examples: { example: { value: parameter.schema.example, 'x-disabled': true } } });
  return copy;
}

/** The document, the page of problems, and the interactive page. The page's script is a static asset of ours: it asks nobody else for anything. */
export function docsRoutes(app: OpenAPIHono<GatewayEnv>): void {
  const document = gatewayDocument();
  app.get('/openapi.json', (c) => c.json(document, 200, { 'access-control-allow-origin': '*' }));
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  app.get('/problems', (c) => c.html(problemsPage, 200, { 'content-security-policy': policy }));
  app.get(
    '/docs',
    Scalar({
      content: untickedDocument(document),
      cdn: '/assets/scalar/standalone.js',
      pageTitle: 'Sandgate API',
      defaultOpenAllTags: true,
      hideClientButton: true,
      authentication: { preferredSecurityScheme: 'bearerKey' },
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: 'never',
    }),
  );
}
