import { gatewayDocument } from '@sandgate/api-spec';

/** As much of JSON Schema as the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  example?: unknown;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

/** An operation as the document describes it: all that whoever fuzzes it knows. */
export interface DescribedOperation {
  id: string;
  method: string;
  /** With its parameters in braces. */
  path: string;
  parameters: Parameter[];
  /** By content type. */
  body?: Record<string, { schema: Schema }>;
}

type Item = Record<
  string,
  { operationId: string; parameters?: Parameter[]; requestBody?: { content: DescribedOperation['body'] } }
>;

// As it is served: through JSON.
const document = JSON.parse(JSON.stringify(gatewayDocument()));

export function resolved(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  if (name === undefined) return schema;
  const { $ref: _, ...beside } = schema;
  return { ...document.components.schemas[name], ...beside };
}

export const describedOperations: DescribedOperation[] = Object.entries<Item>(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, { operationId, parameters = [], requestBody }]) => ({
    id: operationId,
    method: method.toUpperCase(),
    path,
    parameters,
    ...(requestBody?.content && { body: requestBody.content }),
  })),
);
