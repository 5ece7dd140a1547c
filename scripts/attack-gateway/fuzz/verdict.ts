import type { RouteConfig } from '@hono/zod-openapi';
import { Event, gatewayRoutes, Problem, type ProblemCode, problemCodes } from '@sandgate/api-spec';
import { createParser } from 'eventsource-parser';
import type { z } from 'zod';
import type { Answer } from './exchange.ts';

type Content = Record<string, { schema: z.ZodType }>;

const routes = Object.values<RouteConfig>(gatewayRoutes);

/** The only failures of the server's own that anybody may meet, as they pass: each says when to come back. */
const passing = 503;

/** What an answer breaks of the contract; nothing where it keeps it. */
export function broken(method: string, target: string, answer: Answer): string | undefined {
  const { status, headers } = answer;
  if (!headers['x-request-id']) return 'no X-Request-Id';
  if (status >= 500 && !(status === passing && headers['retry-after'])) return `HTTP ${status}`;
  const type = headers['content-type']?.split(';')[0] ?? '';
  if (status >= 400) {
    const reason = brokenProblem(type, answer);
    if (reason) return reason;
  }
  const route = routeOf(method, target);
  // What was encoded so that it leads elsewhere leads to nothing: that the contract has no operation for.
  if (!route) return status === 404 || status === 405 ? undefined : `HTTP ${status} where nothing is`;
  const described = route.responses[String(status)];
  if (!described) return `HTTP ${status} is not in the contract of ${route.operationId}`;
  if (status === 204 || status === 304) return answer.body.length > 0 ? `HTTP ${status} with a body` : undefined;
  const schema = (described as { content?: Content }).content?.[type]?.schema;
  if (!schema) return `${type} is not in the contract of ${route.operationId} for ${status}`;
  if (type === 'text/event-stream') return brokenStream(answer.body.toString());
  if (type.endsWith('json')) return misfit(schema, JSON.parse(answer.body.toString()));
  return undefined;
}

/** The route that a target leads to once it is a URL, as it stands: a dot that is encoded is none that climbs. */
function routeOf(method: string, target: string): RouteConfig | undefined {
  const path = new URL(target, 'http://gateway').pathname;
  const leadsTo = ({ path: template }: RouteConfig) =>
    new RegExp(`^${template.replaceAll(/{(\w+)}/g, (_, name) => (name === 'path' ? '.+' : '[^/]+'))}$`, 's').test(path);
  return routes.find((route) => route.method.toUpperCase() === method && leadsTo(route));
}

function brokenProblem(type: string, { status, headers, body }: Answer): string | undefined {
  if (type !== 'application/problem+json') return `HTTP ${status} as ${type}`;
  const problem = Problem.strict().safeParse(JSON.parse(body.toString()));
  if (!problem.success) return `no problem: ${problem.error.message}`;
  const { code, requestId } = problem.data;
  if (!Object.hasOwn(problemCodes, code)) return `the code "${code}" is none of ours`;
  if (problemCodes[code as ProblemCode].status !== status || problem.data.status !== status)
    return `"${code}" as HTTP ${status}`;
  if (requestId !== headers['x-request-id']) return 'another request id than in X-Request-Id';
  if (problemCodes[code as ProblemCode].retryable && (status === 429 || status === 503) && !headers['retry-after'])
    return `"${code}" without Retry-After`;
  return undefined;
}

function brokenStream(text: string): string | undefined {
  let reason: string | undefined;
  const parser = createParser({
    onEvent({ event, id, data }) {
      const parsed = misfit(Event, JSON.parse(data));
      const { seq } = JSON.parse(data);
      if (event !== undefined) reason ??= `an SSE event named "${event}"`;
      if (id !== (seq === undefined ? undefined : String(seq))) reason ??= `the id "${id}" on the event ${seq}`;
      reason ??= parsed;
    },
    onError: (error) => {
      reason ??= error.message;
    },
  });
  parser.feed(text);
  return reason;
}

function misfit(schema: z.ZodType, value: unknown): string | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? undefined : `does not fit its schema: ${parsed.error.message}`;
}
