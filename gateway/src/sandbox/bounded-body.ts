/** The largest body that is read from a sandbox as a whole, in bytes. */
const sizeLimit = 4 * 1024 * 1024;

/** How long it may take, in milliseconds. */
const timeLimitMs = 15_000;

/**
 * The JSON of an answer of a sandbox, which may never end.
 *
 * @throws where it is no JSON, too large, or too slow.
 */
export async function boundedJson(response: Response, limitMs = timeLimitMs): Promise<unknown> {
  return JSON.parse(await boundedText(response, limitMs));
}

/**
 * The text of an answer of a sandbox; what came of it in time.
 *
 * @throws where it is too large.
 */
export async function boundedText(response: Response, limitMs = timeLimitMs): Promise<string> {
  const reader = (response.body ?? new Blob([]).stream()).getReader();
  const decoder = new TextDecoder();
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), limitMs);
  let text = '';
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.byteLength;
      if (size > sizeLimit) throw new RangeError(`The sandbox answered more than ${sizeLimit} bytes.`);
      text += decoder.decode(next.value, { stream: true });
    }
    return text + decoder.decode();
  } finally {
    clearTimeout(timer);
    reader.cancel().catch(() => undefined); // Read to its end, or not worth it.
  }
}
