import { OpenAPIHono, type z } from '@hono/zod-openapi';
import type { Env, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { ProblemError } from './problem.ts';

/** What the contract says of every route: a request id, and problem details for whatever goes wrong. */
export interface ContractEnv extends Env {
  Variables: { requestId: string };
}

/** A failed validation names each field. */
function refuseInvalid({ issues }: Pick<z.ZodError, 'issues'>): never {
  const errors = issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const fields = errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ');
  throw new ProblemError('invalid_request', fields, { errors });
}

/** Hono's own refusals carry no code of ours: what its validator throws with 400 is malformed JSON, and nothing else. */
function fromHono(error: HTTPException): ProblemError | undefined {
  if (error.status === 400) return new ProblemError('malformed_json', 'The body could not be read as JSON.');
  if (error.status === 415)
    return new ProblemError('unsupported_media_type', 'The content type is none of this route.');
  if (error.status === 413) return new ProblemError('payload_too_large', 'The body is larger than this route takes.');
  return undefined;
}

/** Refuses a body that is not JSON where one is taken. Goes behind authentication: who may not come in learns nothing. */
export const onlyJson: MiddlewareHandler = async (context, next) => {
  const { method } = context.req;
  if (method === 'POST' || method === 'PATCH') {
    const contentType = context.req.header('content-type');
    const isEmpty = context.req.raw.body === null || context.req.header('content-length') === '0';
    if (!(isEmpty && contentType === undefined) && !/^application\/json\b/i.test(contentType ?? ''))
      throw new ProblemError('unsupported_media_type', 'Send the body as "Content-Type: application/json".');
  }
  await next();
};

/**
 * The app that both servers start from.
 *
 * @param onUnexpected is told of every error that is not a `ProblemError`; the caller only learns the request id.
 * @param outermost sees each answer as it leaves.
 */
export function contractApp<E extends ContractEnv>(
  onUnexpected: (error: unknown, requestId: string) => void,
  outermost?: MiddlewareHandler<E>,
): OpenAPIHono<E> {
  const app = new OpenAPIHono<E>({
    defaultHook: (result) => {
      if (!result.success) refuseInvalid(result.error);
    },
  });
  app.use(requestId({ generator: () => `req_${crypto.randomUUID().replaceAll('-', '')}`, headerName: '' }));
  app.use(async (context, next) => {
    await next();
    context.res.headers.set('x-request-id', context.get('requestId'));
  });
  if (outermost) app.use(outermost);
  app.use(
    methodNotAllowed({
      app: app as never,
      onMethodNotAllowed: (context, methods) => {
        const problem = new ProblemError('method_not_allowed', `This path takes ${methods.join(', ')}.`);
        const response = problem.toResponse(context.get('requestId'));
        response.headers.set('allow', methods.join(', '));
        return response;
      },
    }),
  );
  app.notFound((context) =>
    new ProblemError('not_found', `There is nothing at ${context.req.path}.`).toResponse(context.get('requestId')),
  );
  app.onError((error, context) => {
    const id = context.get('requestId');
    if (error instanceof ProblemError) return error.toResponse(id);
    const refusal = error instanceof HTTPException ? fromHono(error) : undefined;
    if (refusal) return refusal.toResponse(id);
    onUnexpected(error, id);
    return new ProblemError('internal_error', 'Something went wrong on our side; quote the request id.', {
      cause: error,
    }).toResponse(id);
  });
  return app;
}
