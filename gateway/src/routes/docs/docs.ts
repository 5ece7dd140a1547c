import type { OpenAPIHono } from '@hono/zod-openapi';
import { gatewayDocument, guides } from '@sandgate/api-spec';
import type { GatewayEnv } from '../../gateway-env.ts';
import { answerKeyLink } from './key-link.ts';
import { llmsText } from './llms.ts';
import { docsPage } from './page.ts';
import { problemsPage } from './problems-page.ts';

const problemsPolicy = "default-src 'none'; style-src 'unsafe-inline'";

/** What is said to whoever has no key: the document, the interactive page, the guides, and the page of problems. */
export function docsRoutes(app: OpenAPIHono<GatewayEnv>): void {
  const document = gatewayDocument();
  app.get('/openapi.json', (c) => c.json(document, 200, { 'access-control-allow-origin': '*' }));
  app.get('/llms.txt', (c) => c.text(llmsText(document, new URL(c.req.url).origin)));
  for (const [name, text] of Object.entries(guides))
    app.get(`/docs/${name}.md`, (c) => c.body(text, 200, { 'content-type': 'text/markdown; charset=utf-8' }));
  app.get('/problems', (c) => c.html(problemsPage, 200, { 'content-security-policy': problemsPolicy }));
  app.get('/docs', docsPage(document));
  app.all('/docs/key', answerKeyLink);
}
