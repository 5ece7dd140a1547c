/** As much of JSON Schema as the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  oneOf?: Schema[];
  anyOf?: Schema[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
  'x-go-name'?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  'x-go-type-skip-optional-pointer'?: boolean;
  'x-omitempty'?: boolean;
}

interface Parameter {
  name: string;
  in: string;
  schema: Schema;
}

export interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, unknown>;
}

/** As much of an OpenAPI document as the Go client is made from. */
export interface Document {
  openapi: string;
  info: unknown;
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** `StatusEvent` of `#/components/schemas/StatusEvent`. */
export const nameOf = ($ref: string): string => $ref.split('/').at(-1) ?? '';
