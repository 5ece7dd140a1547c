import { dirname, join, normalize } from 'node:path';
import GithubSlugger from 'github-slugger';
import type { Code, Nodes, RootContent } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

/** A fenced block, and what the comments before it say. */
export interface Block {
  /** What stands behind the fence: `sh`, `ts` … */
  language: string;
  text: string;
  /** The line of the opening fence, from 1. The text begins on the next. */
  line: number;
  /** The line of the closing fence. */
  endLine: number;
  /** Why it is not run; it is still type-checked where its language has types. */
  notRun?: string;
  /** The file that it is saved as, in place of being run. */
  file?: string;
  /** The folder of the repository in which it is run; one of the page's own unless told. */
  folder?: string;
  /** Whether it has to fail, as it shows a refusal. */
  fails: boolean;
  /** What it has to print: the `text` or `json` block that follows at once. */
  output?: Code;
}

interface Link {
  line: number;
  /** The file, from the root of the repository. */
  path: string;
  /** The heading in it, as a URL has it. */
  anchor?: string;
}

/** A page of Markdown, as far as it can be held to anything. */
export interface Page {
  /** From the root of the repository. */
  path: string;
  blocks: Block[];
  /** Code that a comment adds to the blocks behind it: the names that a reader brings along. */
  preludes: Block[];
  /** To other pages and files. */
  links: Link[];
  anchors: ReadonlySet<string>;
}

const parser = unified().use(remarkParse).use(remarkGfm);
const comment = /^<!--\s*(not run|file|in|fails|prelude \w+)\b:?\s*([\s\S]*?)\s*-->$/;

/** @throws where a comment on code stands before none. */
export function parsePage(path: string, source: string): Page {
  const tree = parser.parse(source);
  return { path, ...blocksOf(path, tree.children), links: linksOf(path, tree), anchors: anchorsOf(tree) };
}

function blocksOf(path: string, nodes: RootContent[]): Pick<Page, 'blocks' | 'preludes'> {
  const blocks: Block[] = [];
  const preludes: Block[] = [];
  let marks: Pick<Block, 'notRun' | 'file' | 'folder'> & { fails?: boolean } = {};
  for (const [index, node] of nodes.entries()) {
    const { start, end } = node.position ?? { start: { line: 0 }, end: { line: 0 } };
    if (node.type === 'html') {
      const [, mark, text = ''] = comment.exec(node.value) ?? [];
      if (mark === 'not run') marks.notRun = text;
      else if (mark === 'file') marks.file = text;
      else if (mark === 'in') marks.folder = text;
      else if (mark === 'fails') marks.fails = true;
      else if (mark)
        preludes.push({ language: mark.split(' ')[1] ?? '', text, line: start.line, endLine: end.line, fails: false });
      continue;
    }
    if (node.type !== 'code') {
      if (Object.keys(marks).length > 0) throw new Error(`${path}:${start.line}: a comment on code stands before none`);
      continue;
    }
    const next = nodes[index + 1];
    const output = next?.type === 'code' && isOutput(next) ? next : undefined;
    if (!isOutput(node))
      blocks.push({
        language: node.lang === 'python' ? 'py' : (node.lang ?? ''),
        text: node.value,
        line: start.line,
        endLine: end.line,
        fails: false,
        ...marks,
        ...(output && { output }),
      });
    marks = {};
  }
  return { blocks, preludes };
}

const isOutput = ({ lang }: Code) => lang === 'text' || lang === 'json';

function linksOf(path: string, tree: Nodes): Link[] {
  const links: Link[] = [];
  visit(tree, (node) => {
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return;
    if (/^[a-z]+:|^\//.test(node.url)) return; // Elsewhere, or on a gateway.
    const [file = '', anchor] = decodeURI(node.url).split('#');
    const target = file === '' ? path : normalize(join(dirname(path), file));
    links.push({ line: node.position?.start.line ?? 0, path: target, ...(anchor && { anchor }) });
  });
  return links;
}

/** As GitHub names them, and those that the page names itself. */
function anchorsOf(tree: Nodes): Set<string> {
  const slugger = new GithubSlugger();
  const anchors = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'heading') anchors.add(slugger.slug(textOf(node)));
    if (node.type === 'html') for (const [, id] of node.value.matchAll(/ id="([^"]+)"/g)) anchors.add(id ?? '');
  });
  return anchors;
}
