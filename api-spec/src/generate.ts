import { writeFile } from 'node:fs/promises';
import { gatewayDocument, sandboxDocument } from './documents.ts';

/** Writes the two documents. Run by `npm run generate`. */
for (const [name, document] of [
  ['openapi.json', gatewayDocument()],
  ['sandbox.openapi.json', sandboxDocument()],
] as const)
  await writeFile(new URL(`../${name}`, import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
