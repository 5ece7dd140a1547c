/** How the Messages API says that it does not answer, so that its clients understand (https://docs.anthropic.com/en/api/errors). */
const kinds = {
  invalid_request_error: 400,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
} as const;

/** The gateway's own refusal of a call of the model. */
export class ModelRefusal extends Error {
  override readonly name = 'ModelRefusal';
  readonly kind: keyof typeof kinds;

  constructor(kind: keyof typeof kinds, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }

  toResponse(): Response {
    const body = { type: 'error', error: { type: this.kind, message: `Sandgate: ${this.message}` } };
    return Response.json(body, { status: kinds[this.kind] });
  }
}
