import { writeFile } from 'node:fs/promises';
import { gatewayDocument, sandboxDocument } from './documents.ts';
import { problemTable } from './problem-table.ts';

/** Writes the two documents, and the table of problems. Run by `npm run generate`. */
for (const [name, document] of [
  ['openapi.json', gatewayDocument()],
  ['sandbox.openapi.json', sandboxDocument()],
] as const)
  await writeFile(new URL(`../${name}`, import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
await writeFile(new URL('../../docs/problems.md', import.meta.url), problemTable());
