import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, languages, samples, sourceOf } from './clients/samples/sample.ts';

/** Puts the guides of `api-spec/` and the samples of `clients/` where the document takes them from. */
const folder = join(import.meta.dirname, '../api-spec');
const generated = join(folder, 'src/generated');

const guides = Object.fromEntries(
  ['streams', 'approvals', 'errors', 'idempotency'].map((name) => [
    name,
    readFileSync(join(folder, `guides/${name}.md`), 'utf8'),
  ]),
);

const codeSamples = Object.groupBy(
  (Object.keys(languages) as Language[]).flatMap((language) =>
    samples.map(({ name, operation = name, title }) => {
      const { lang, label } = languages[language];
      return {
        operation,
        lang,
        label: title ? `${label}, ${title}` : label,
        source: sourceOf(language, name).trimEnd(),
      };
    }),
  ),
  ({ operation }) => operation,
);

mkdirSync(generated, { recursive: true });
write('guides.ts', 'api-spec/guides', `export const guides = ${JSON.stringify(guides, null, 2)};`);
write(
  'code-samples.ts',
  'clients/*/samples',
  `/** Programs for an operation, in the form of its \`x-codeSamples\`. */
export const codeSamples: Record<string, { lang: string; label: string; source: string }[]> = ${JSON.stringify(
    codeSamples,
    (key, value) => (key === 'operation' ? undefined : value),
    2,
  )};`,
);

function write(name: string, source: string, text: string): void {
  writeFileSync(
    join(generated, name),
    `// Generated from ${source} by \`npm run generate\`. Do not edit.\n\n${text}\n`,
  );
}
