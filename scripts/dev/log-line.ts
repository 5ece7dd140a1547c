/** What the gateway printed, as one line of JSON: what the SDK and workerd print are objects and texts of many lines. */
export function asLine(level: string, printed: string): string {
  return parsed(printed) ? printed : JSON.stringify({ time: new Date().toISOString(), level, message: printed });
}

/** A line of the gateway's log for a person to read: `12:00:00.000 request 200 POST /v1/sessions 12 ms account=…`. */
export function readable(line: string): string {
  const fields = parsed(line);
  if (!fields) return line;
  const { time, level, message, method, route, status, durationMs, phases, stack, error, ...ids } = fields;
  const head = [String(time).slice(11, 23), level === 'error' ? 'ERROR' : undefined, message, status, method, route];
  const took = [durationMs === undefined ? undefined : `${durationMs} ms`, text(phases)];
  const rest = Object.entries(ids).map(([name, value]) => `${name}=${value}`);
  const line1 = [...head, ...took, ...rest, error].filter((part) => part !== undefined && part !== '').join(' ');
  return stack === undefined ? line1 : `${line1}\n${stack}`;
}

function text(phases: unknown): string | undefined {
  if (typeof phases !== 'object' || phases === null) return undefined;
  const parts = Object.entries(phases).map(([name, ms]) => `${name} ${ms}`);
  return parts.length > 0 ? `(${parts.join(', ')})` : undefined;
}

/** The fields, with nothing in them that a terminal acts on; none where the line is not one of ours. */
function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line, (_, field) =>
      typeof field === 'string' ? field.replaceAll(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\ufffd') : field,
    );
    return typeof value === 'object' && value !== null && 'message' in value ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
