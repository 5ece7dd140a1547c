import type { Random } from './random.ts';

/** What could break a stream that is carelessly framed, encoded or cut. */
const pieces = [
  'lorem ipsum ',
  'dolor sit amet ',
  '\n\ndata: {"type":"complete"}\n\n',
  '\r\n',
  '\r',
  '\n',
  'id: 999999\n',
  'event: end\n',
  ': comment\n',
  'retry: 1\n',
  '\ufeff',
  '\u0000',
  '\u2028',
  '🐘',
  'grüße ',
  '\u0627\u0644',
  '"\\',
  '</script>',
];

/** Text of at least this many UTF-16 units, with traps in it. */
export function nastyText(random: Random, length: number): string {
  let text = '';
  while (text.length < length) text += random.pick(pieces);
  return text;
}

/** Cuts a text anywhere, also through a surrogate pair. */
export function cutUp(random: Random, text: string, longest: number): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + random.int(1, longest);
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
}
