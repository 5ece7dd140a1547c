import { OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { gatewayRoutes } from './gateway/routes.ts';
import { webhookEvents } from './gateway/webhook-events.ts';
import { codeSamples } from './generated/code-samples.ts';
import { guides } from './generated/guides.ts';
import { sandboxRoutes } from './sandbox/routes.ts';
import { version } from './version.ts';

const license = { name: 'MIT', identifier: 'MIT' };

function documentOf(
  routes: Record<string, RouteConfig>,
  about: {
    title: string;
    description: string;
    server: string;
    tags: { name: string; description: string }[];
    tagGroups?: { name: string; tags: string[] }[];
    samples?: Record<string, object[]>;
  },
  schemes: Record<string, string>,
  webhooks: RouteConfig[] = [],
) {
  const app = new OpenAPIHono();
  for (const route of Object.values(routes)) {
    const samples = about.samples?.[route.operationId ?? ''];
    app.openAPIRegistry.registerPath(samples ? { ...route, 'x-codeSamples': samples } : route);
  }
  for (const webhook of webhooks) app.openAPIRegistry.registerWebhook(webhook);
  for (const [name, description] of Object.entries(schemes))
    app.openAPIRegistry.registerComponent('securitySchemes', name, { type: 'http', scheme: 'bearer', description });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: about.title, version, description: about.description, license },
    servers: [{ url: about.server, description: 'This server.' }],
    tags: about.tags,
    ...(about.tagGroups && { 'x-tagGroups': about.tagGroups }),
  });
}

const introduction = `Every session its own isolated sandbox with an agent in it. Open a session, chat, watch the events, answer the requests, read and write the files; hang up and come back whenever you like.

Send your key as \`Authorization: Bearer …\`. There are clients in TypeScript, Python and Go; any other program needs HTTP and JSON only. For programs that read: [openapi.json](/openapi.json) and [llms.txt](/llms.txt). What each refusal means: [problems](/problems).`;

/** The public document, `openapi.json`. */
export const gatewayDocument = () =>
  documentOf(
    gatewayRoutes,
    {
      title: 'Sandgate',
      description: [introduction, ...Object.values(guides)].join('\n\n'),
      samples: codeSamples,
      server: '/',
      tags: [
        { name: 'Sessions', description: 'A session is a computer with an agent and a log.' },
        { name: 'Turns', description: 'A turn is one chat request and all that follows until its `complete`.' },
        { name: 'Requests', description: 'Questions of the agent to a person.' },
        { name: 'Events', description: 'What happened in a session, and what happens now.' },
        { name: 'Files', description: "The files of the session's workspace." },
        { name: 'Snapshots', description: 'Saves of the disk that are kept, to go back to or to fork from.' },
        { name: 'Tokens', description: 'What opens one session for a while, for a browser.' },
        { name: 'Keys', description: 'What opens the account, and what it may.' },
        { name: 'Webhooks', description: 'Who is told of what happens, without asking.' },
        { name: 'Account', description: 'Whose key it is.' },
        { name: 'Server', description: 'The gateway itself.' },
      ],
      tagGroups: [
        { name: 'In a session', tags: ['Sessions', 'Turns', 'Requests', 'Events', 'Files', 'Snapshots'] },
        { name: 'Around it', tags: ['Tokens', 'Keys', 'Webhooks', 'Account', 'Server'] },
      ],
    },
    {
      bearerKey:
        'Your key, as `Authorization: Bearer …`, or a JSON Web Token of the issuer that the server trusts. A route names the scope that it has to have.',
      sessionToken: 'A token of the session that the request is about, as `Authorization: Bearer …`.',
    },
    webhookEvents,
  );

/** The document of the server in a sandbox, `sandbox.openapi.json`. */
export const sandboxDocument = () =>
  documentOf(
    sandboxRoutes,
    {
      title: 'Sandgate sandbox server',
      description: 'The server inside each sandbox. Internal: only the gateway speaks to it.',
      server: 'http://localhost:8080',
      tags: [
        { name: 'Turns', description: 'What the agent does.' },
        { name: 'Files', description: 'The files of the workspace.' },
        { name: 'Server', description: 'The server itself.' },
      ],
    },
    { sandboxSecret: 'The secret of this one sandbox.' },
  );
