import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayDocument } from '@sandgate/api-spec';
import type { GatewayEnv } from '../../gateway-env.ts';
import { answerKeyLink } from './key-link.ts';
import { docsPage, docsPolicy } from './page.ts';
import { problemsPage } from './problems-page.ts';

const problemsPolicy = "default-src 'none'; style-src 'unsafe-inline'";

/** What is said to whoever has no key: the document, the interactive page, the page of problems. */
export function docsRoutes(app: OpenAPIHono<GatewayEnv>): void {
  const document = gatewayDocument();
  const page = docsPage(document);
  app.get('/openapi.json', (c) => c.json(document, 200, { 'access-control-allow-origin': '*' }));
  app.get('/problems', (c) => c.html(problemsPage, 200, { 'content-security-policy': problemsPolicy }));
  app.get('/docs', (c) => c.html(page, 200, { 'content-security-policy': docsPolicy }));
  app.all('/docs/key', answerKeyLink);
}
