import type { components, paths } from './generated/openapi.ts';
import type { PageData } from './page.ts';

/** The named objects of the contract. */
export type Schemas = components['schemas'];

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Operation = { parameters: unknown; responses: unknown };

/** Every route of the contract by its method and path: `GET /v1/sessions/{sessionId}`. */
type Operations = {
  [P in keyof paths]: { [M in Method as paths[P][M] extends Operation ? `${Uppercase<M>} ${P}` : never]: paths[P][M] };
}[keyof paths];
type Merge<U> = { [K in U extends unknown ? keyof U : never]: U extends { [_ in K]: infer V } ? V : never };
type Table = Merge<Operations>;

export type Route = keyof Table;

type Content<C, Type extends string> = C extends { content: { [_ in Type]: infer B } } ? B : never;
type Successes<R extends Route> = Table[R] extends { responses: infer S } ? S[keyof S & (200 | 201 | 202)] : never;
type Part<R extends Route, Name extends string> = Table[R] extends { parameters: { [_ in Name]?: infer P } }
  ? NonNullable<P>
  : never;

/** What a route answers with where all is well, in JSON. */
export type Answer<R extends Route> = Content<Successes<R>, 'application/json'>;

/** What a route says on its stream. */
export type Streamed<R extends Route> = Content<Successes<R>, 'text/event-stream'>;

export type Query<R extends Route> = Part<R, 'query'>;

/** The routes that answer with a page of a list. */
export type ListRoute = { [R in Route]: Answer<R> extends PageData<unknown> ? R : never }[Route];

/** What such a list is made of. */
export type Item<R extends ListRoute> = Answer<R> extends PageData<infer T> ? T : never;

/** The routes that answer with a stream of events. */
export type StreamRoute = { [R in Route]: [Streamed<R>] extends [never] ? never : R }[Route];

/** What a file may be written from. */
export type FileBody = string | ArrayBuffer | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>;

type Params<R extends Route> = [Part<R, 'path'>] extends [never] ? unknown : { params: Part<R, 'path'> };

type JsonBody<R extends Route> = Table[R] extends { requestBody: { content: { 'application/json': infer B } } }
  ? { json: B }
  : Table[R] extends { requestBody?: infer B }
    ? [Content<NonNullable<B>, 'application/json'>] extends [never]
      ? unknown
      : { json?: Content<NonNullable<B>, 'application/json'> }
    : unknown;

type BytesBody<R extends Route> = Table[R] extends { requestBody: { content: { 'application/octet-stream': unknown } } }
  ? { bytes: FileBody }
  : unknown;

/** A header that is undefined is not sent. */
type Headers<R extends Route> = { [H in keyof Part<R, 'header'>]: Part<R, 'header'>[H] | undefined };

/** What a request to a route is made of. A name that the contract does not know does not compile. */
export type Input<R extends Route> = Params<R> &
  JsonBody<R> &
  BytesBody<R> & { query?: Query<R>; headers?: Headers<R> };
