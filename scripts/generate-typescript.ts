import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import openapi, { astToString } from 'openapi-typescript';

/** Writes the types of the TypeScript client from the public document. */
const root = join(import.meta.dirname, '..');
const ast = await openapi(new URL(`file://${join(root, 'api-spec/openapi.json')}`), { defaultNonNullable: false });
const banner = '// Generated from api-spec/openapi.json by `npm run generate`. Do not edit.\n\n';
await writeFile(join(root, 'clients/typescript/src/generated/openapi.ts'), banner + astToString(ast));
