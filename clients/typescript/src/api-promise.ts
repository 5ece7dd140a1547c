/** What came with an answer of the server. */
export interface ResponseHead {
  /** The HTTP status. */
  readonly status: number;
  readonly headers: Headers;
  /** Names the request in the server's logs. */
  readonly requestId: string | undefined;
}

/** An answer, and what came with it. */
export interface WithResponse<T> {
  readonly data: T;
  readonly response: ResponseHead;
}

/**
 * What a request brings when awaited; `withResponse()` also tells how the server answered.
 *
 * @example
 * const { data, response } = await client.account().withResponse();
 * console.log(response.status, response.requestId, data.limits);
 */
export class ApiPromise<T> extends Promise<T> {
  readonly #answer: Promise<WithResponse<T>>;

  /** What is chained to it is a plain promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  constructor(answer: Promise<WithResponse<T>>) {
    super((resolve) => resolve(answer.then(({ data }) => data)));
    this.#answer = answer;
  }

  /** The same, with the status and the headers of the answer. */
  withResponse(): Promise<WithResponse<T>> {
    this.catch(() => {}); // Whoever asks here is told here.
    return this.#answer;
  }

  /** The same answer, with something else made of its data. */
  map<U>(make: (data: T) => U): ApiPromise<U> {
    return new ApiPromise(this.withResponse().then(({ data, response }) => ({ data: make(data), response })));
  }
}

export function headOf({ status, headers }: Response): ResponseHead {
  return { status, headers, requestId: headers.get('x-request-id') ?? undefined };
}
