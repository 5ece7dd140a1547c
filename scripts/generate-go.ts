import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shapeForGo } from './go/shape.ts';
import { generatedUnions } from './go/unions.ts';

/**
 * Writes the types of the Go client from the public document: the structs by oapi-codegen, in the version that
 * clients/go/tools/go.mod names, and the unions, which it knows only as raw JSON, by `generatedUnions`.
 *
 * With `--check` it writes nothing, and fails where the committed files are others.
 */
const root = join(import.meta.dirname, '..');
const folder = join(root, 'clients/go');
const document = JSON.parse(readFileSync(join(root, 'api-spec/openapi.json'), 'utf8'));
const banner = '// Code generated from api-spec/openapi.json by "npm run generate". DO NOT EDIT.\n\n';

const files = { 'unions.gen.go': run('gofmt', [], generatedUnions(document)), 'types.gen.go': generatedTypes() };
const stale = Object.entries(files).filter(([name, text]) => readIfThere(join(folder, name)) !== banner + text);
if (process.argv.includes('--check')) {
  for (const [name] of stale) console.error(`clients/go/${name} is not what the document says: npm run generate`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else for (const [name, text] of stale) writeFileSync(join(folder, name), banner + text);

function generatedTypes(): string {
  const scratch = mkdtempSync(join(tmpdir(), 'sandgate-go-'));
  try {
    const input = join(scratch, 'openapi.json');
    writeFileSync(input, JSON.stringify(shapeForGo(document)));
    const tool = ['tool', '-modfile=tools/go.mod', 'oapi-codegen', '-config', 'tools/oapi-codegen.yaml', input];
    // Without the banner of its own.
    return run('go', tool).replace(/^[\s\S]*?(?=^package )/m, '');
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function run(program: string, args: string[], input?: string): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error && 'code' in error && error.code === 'ENOENT') {
    console.error(`Go is missing ("${program}"): the types of clients/go are generated with Go 1.26 or later.`);
    process.exit(1);
  }
  if (error) throw error;
  if (status !== 0) throw new Error(`"${[program, ...args].join(' ')}" failed:\n${stderr}`);
  return stdout;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
