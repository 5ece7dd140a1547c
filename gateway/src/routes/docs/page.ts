import type { gatewayDocument } from '@sandgate/api-spec';
import { Scalar } from '@scalar/hono-api-reference';
import type { MiddlewareHandler } from 'hono';
import type { GatewayEnv } from '../../gateway-env.ts';

type Document = ReturnType<typeof gatewayDocument>;
interface Operation {
  parameters?: { required?: boolean; schema?: { example?: unknown } }[];
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}

/**
 * All that the page may load or ask comes from here, and nobody may frame it: what it sends has the key of who reads it.
 * Scalar sets styles of its own, and begins with a script in the page.
 */
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** What a stream looks like: the document has its events only. */
const stream = `retry: 1000

id: 1
data: {"type":"message","seq":1, …}

id: 7
data: {"type":"status","seq":7, …}

data: {"type":"tool.delta","text":"hello\\n", …}

id: 8
data: {"type":"tool.result","seq":8, …}

id: 9
data: {"type":"complete","seq":9, …}
`;

/** Where there is no sample of ours Scalar writes one for curl, and for nothing else: these would be no clients of ours. */
const hiddenClients = {
  ...Object.fromEntries(
    'c clojure csharp dart fsharp go http java js julia kotlin node objc ocaml php powershell python r ruby rust swift'
      .split(' ')
      .map((target) => [target, true]),
  ),
  shell: ['httpie' as const, 'wget' as const],
};

/** A section that a link leads to is no control; the box of clients would name curl alone; many statuses ran into an icon. */
const customCss = `
  .section:focus-visible { outline: none }
  .scalar-reference-intro-clients { display: none }
  .response-card .tab-list { margin-right: 12px }
`;

/** What Scalar is told; `browser.js`, which the page takes for it, adds the key. */
const configuration = {
  bundle: '/assets/docs/browser.js',
  pageTitle: 'Sandgate API',
  favicon: 'data:,',
  theme: 'default',
  defaultOpenAllTags: true,
  hiddenClients,
  hideClientButton: true,
  customCss,
  authentication: { preferredSecurityScheme: 'bearerKey' },
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
} as const;

/** The interactive page. Its scripts are static assets of ours: it asks nobody else for anything. */
export function docsPage(document: Document): MiddlewareHandler<GatewayEnv> {
  const content = documentToShow(document);
  return (c, next) => {
    const nonce = crypto.randomUUID();
    c.header('content-security-policy', policy(nonce));
    return Scalar<GatewayEnv>({ ...configuration, content, nonce })(c, next);
  };
}

/**
 * The document for the page. An optional parameter shows its example, but is not sent until it is ticked; a stream has an
 * example as it comes over the wire. In the document itself this would say nothing to anybody.
 */
function documentToShow(document: Document): Document {
  const copy = structuredClone(document);
  const operations = Object.values(copy.paths ?? {}).flatMap((item) =>
    Object.values(item as Record<string, Operation>),
  );
  for (const { parameters = [], responses } of operations) {
    for (const parameter of parameters) {
      if (parameter.required || !parameter.schema) continue;
      const { example: value, ...schema } = parameter.schema;
      Object.assign(parameter, { schema, examples: { example: { value, 'x-disabled': true } } });
    }
    for (const { content } of Object.values(responses))
      if (content?.['text/event-stream']) content['text/event-stream'].example = stream;
  }
  return copy;
}
