import type { gatewayDocument } from '@sandgate/api-spec';

type Document = ReturnType<typeof gatewayDocument>;
type Parameter = { required?: boolean; schema?: { example?: unknown } };

/**
 * All that the page may load or ask comes from here, and nobody may frame it: what it sends has the key of who reads it.
 * Scalar sets styles of its own.
 */
export const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What Scalar is told; `browser.js` adds the key. */
const configuration = {
  defaultOpenAllTags: true,
  hideClientButton: true,
  authentication: { preferredSecurityScheme: 'bearerKey' },
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
};

/** The interactive page. Its scripts are static assets of ours: it asks nobody else for anything. */
export function docsPage(document: Document): string {
  const settings = JSON.stringify({ ...configuration, content: untickedDocument(document) });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandgate API</title>
<link rel="icon" href="data:,">
<div id="app"></div>
<script type="application/json" id="configuration">${settings.replaceAll('<', '\\u003c')}</script>
<script src="/assets/docs/scalar.js"></script>
<script src="/assets/docs/browser.js" type="module"></script>
</html>
`;
}

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
