/** Where `found` is not as `expected`, in words. Of an object only the members that are expected count. */
export function mismatch(found: unknown, expected: unknown, at = 'the outcome'): string | undefined {
  if (!isObject(expected))
    return found === expected ? undefined : `${at} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
  if (!isObject(found)) return `${at} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
  if (Array.isArray(expected) && (!Array.isArray(found) || found.length !== expected.length))
    return `${at} is ${JSON.stringify(found)}, not ${expected.length} like ${JSON.stringify(expected)}`;
  for (const [name, value] of Object.entries(expected)) {
    const wrong = mismatch(found[name], value, `${at}.${name}`);
    if (wrong) return wrong;
  }
  return undefined;
}

/**
 * The value at `0.requestId`.
 *
 * @throws where there is none: saved, it would be equal to whatever else is missing
 */
export function pick(value: unknown, path: string): unknown {
  const picked = path.split('.').reduce((within, name) => (isObject(within) ? within[name] : undefined), value);
  if (picked === undefined || picked === null) throw new Error(`nothing is at ${path} of ${JSON.stringify(value)}`);
  return picked;
}

/** Puts what was saved in the place of each `$name`. */
export function fill<T>(value: T, names: Record<string, unknown>): T;
export function fill(value: unknown, names: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, names));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, names)]));
  return typeof value === 'string' && /^\$\w+$/.test(value) ? names[value.slice(1)] : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
