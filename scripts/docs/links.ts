import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from './page.ts';

/** The links that lead nowhere, as lines to print. */
export function brokenLinks(root: string, pages: Page[]): string[] {
  const anchors = new Map(pages.map((page) => [page.path, page.anchors]));
  return pages.flatMap(({ path: from, links }) =>
    links.flatMap(({ line, path, anchor }) => {
      if (!existsSync(join(root, path))) return `${from}:${line}: there is no ${path}`;
      if (anchor && anchors.get(path)?.has(anchor) === false) return `${from}:${line}: ${path} has no #${anchor}`;
      return [];
    }),
  );
}

/** The pages of `docs/` that its index does not name. */
export function missingInIndex(pages: Page[]): string[] {
  const index = pages.find(({ path }) => path === 'docs/README.md');
  const named = new Set(index?.links.map(({ path }) => path));
  return pages
    .filter(({ path }) => /^docs\/[^/]+\.md$/.test(path) && path !== index?.path && !named.has(path))
    .map(({ path }) => `docs/README.md does not name ${path}`);
}
