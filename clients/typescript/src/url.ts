type Value = string | number | boolean | null | undefined;

/** Fills in `/v1/sessions/{sessionId}`. A slash in a value becomes `%2F`, so that a value never leaves its place. */
export function fillPath(template: string, params: Record<string, string> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? '';
    // A URL parser takes such a segment away, and the request would reach another resource.
    if (value === '' || value === '.' || value === '..') throw new TypeError(`"${value}" cannot be a ${name}.`);
    return encodeURIComponent(value);
  });
}

/** `?after=3&metadata[project]=website`, or nothing. */
export function queryString(query: Record<string, Value | Record<string, string>> = {}): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    if (typeof value !== 'object') pairs.append(name, String(value));
    else for (const [key, text] of Object.entries(value)) pairs.append(`${name}[${key}]`, text);
  }
  const text = pairs.toString();
  return text && `?${text}`;
}
