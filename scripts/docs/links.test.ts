import { join } from 'node:path';
import { expect, it } from 'vitest';
import { brokenLinks, missingInIndex } from './links.ts';
import { parsePage } from './page.ts';

it('a link leads to a file that is there, and to a heading in it', () => {
  const page = parsePage('README.md', '# Sandgate\n[a](docs) [b](docs/nowhere.md)\n[c](#sandgate) [d](#none)');
  expect(brokenLinks(join(import.meta.dirname, '../..'), [page])).toEqual([
    'README.md:2: there is no docs/nowhere.md',
    'README.md:3: README.md has no #none',
  ]);
});

it('the index names every page', () => {
  const pages = [parsePage('docs/README.md', '[a](a.md)'), parsePage('docs/a.md', ''), parsePage('docs/b.md', '')];
  expect(missingInIndex(pages)).toEqual(['docs/README.md does not name docs/b.md']);
});
