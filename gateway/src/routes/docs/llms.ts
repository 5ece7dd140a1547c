import { type gatewayDocument, guides } from '@sandgate/api-spec';

type Operation = { operationId: string; summary: string };

/**
 * What a language model has to know to call this API, with absolute links to the rest.
 * @see https://llmstxt.org
 */
export function llmsText({ paths = {} }: ReturnType<typeof gatewayDocument>, origin: string): string {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(
      ([method, { summary }]) => `- \`${method.toUpperCase()} ${path}\`: ${summary}`,
    ),
  );
  const links = Object.entries(guides).map(([name, text]) => `- ${linkTo(`${origin}/docs/${name}.md`, text)}`);
  return `# Sandgate

> Every session its own isolated sandbox with an agent in it, and one REST API in front: open a session, give its agent
> something to do, stream the events, answer what it asks, read and write its files.

Send \`Authorization: Bearer KEY\` with each request to \`${origin}/v1/…\`, and bodies as JSON. Begin so:

1. \`POST ${origin}/v1/sessions\` with \`{}\` answers a session with its \`id\`.
2. \`POST ${origin}/v1/sessions/{id}/chat\` with \`{"messages": [{"role": "user", "content": "…"}]}\` streams the events of a
   turn (server-sent events) until \`complete\`. With \`Accept: application/json\` it waits, and answers the turn.
3. Where the turn is \`waiting\`, \`GET …/requests\` says what for, and \`POST …/resume\` with
   \`{"requestId": "…", "decision": "allow"}\` answers it. A session created with \`"permissionMode": "bypass"\` does not ask.

Refusals are problem details with a stable \`code\`. All operations:

${operations.join('\n')}

## Reference

- [OpenAPI document](${origin}/openapi.json): every operation with its parameters, schemas, examples and samples in code
- [Interactive reference](${origin}/docs): the same for people
- [Problems](${origin}/problems): every \`code\`, with its cause and what helps

## Guides

${links.join('\n')}
`;
}

/** A guide by its heading, and what its first sentence says. */
function linkTo(url: string, text: string): string {
  const [, title, sentence] = /^# ([^\n]+)\n\n(.+?)[.:]\s/s.exec(text) ?? [];
  return `[${title}](${url}): ${sentence?.replaceAll('\n', ' ')}`;
}
