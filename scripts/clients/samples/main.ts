import { randomBytes } from 'node:crypto';
import { styleText } from 'node:util';
import { Sandgate } from '@sandgate/client';
import { arrange } from './given.ts';
import { run } from './run.ts';
import { type Language, languages, type Sample, samples, sourceOf } from './sample.ts';

/** Runs the samples against the server of the environment, which is that of `npm run test:clients`: they leave things behind. */
const client = new Sandgate();
let passed = 0;
let failed = 0;
for (const language of Object.keys(languages) as Language[])
  for (const sample of samples) {
    const failure = await failureOf(language, sample).catch((error: unknown) => String(error));
    if (failure === undefined) passed += 1;
    else failed += 1;
    const mark = failure === undefined ? styleText('green', '✓') : styleText('red', '✗');
    console.log(`${mark} ${language}: ${sample.name}${failure === undefined ? '' : `\n${failure}`}`);
  }
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function failureOf(language: Language, { name, given, prints }: Sample): Promise<string | undefined> {
  const names = await arrange(client, given, `sample-${language}-${randomBytes(6).toString('hex')}`);
  const real = (text: string) =>
    Object.entries(names).reduce((before, [from, to]) => before.replaceAll(from, to), text);
  const printed = await run(language, name, real(sourceOf(language, name)));
  const missing = prints.map(real).filter((part) => !printed.includes(part));
  return missing.length > 0 ? `It does not print ${JSON.stringify(missing)}:\n${printed}` : undefined;
}
