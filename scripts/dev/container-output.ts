import { StringDecoder } from 'node:string_decoder';
import type { LogLine } from '@sandgate/api-spec';
import { Response } from 'miniflare';
import { DockerClient, DockerError } from '../docker-engine/docker-client.ts';

/** What is handed to the gateway, the newest: lines, and UTF-16 units of one and of all of them. */
const mostLines = 200;
const longestLine = 4096;
const mostText = 16 * 1024; // Less than the local engine keeps, so that a loss is seen.

/** What is read of an answer, in bytes: Docker's own lines are as long as their writer likes. */
const mostBytes = 4 * 1024 * 1024;

/** How long the engine may take to answer, in milliseconds. */
const timeoutMs = 5000;

/**
 * Answers the gateway what a container printed, as the engine has it: its own or Docker's, which speak alike.
 * @see https://docs.docker.com/reference/api/engine/version/v1.43/#tag/Container/operation/ContainerLogs
 */
export async function containerOutput(engineSocket: string, container: string): Promise<Response> {
  const query = new URLSearchParams({ stdout: '1', stderr: '1', timestamps: '1', tail: String(mostLines) });
  const path = `/containers/${encodeURIComponent(container)}/logs?${query}`;
  try {
    const frames = await new DockerClient(engineSocket).send('GET', path, undefined, AbortSignal.timeout(timeoutMs));
    return Response.json(newest(linesOf(await beginningOf(frames))));
  } catch (error) {
    const isGone = error instanceof DockerError && error.status === 404; // It never started, or was removed.
    return isGone ? Response.json({ lines: [], truncated: false }) : new Response(String(error), { status: 502 });
  }
}

/** The lines of Docker's frames, each of which begins with its time (RFC 3339). A line may go on in a later frame. */
export function linesOf(frames: Buffer): LogLine[] {
  const lines: LogLine[] = [];
  const decoders = { stdout: new StringDecoder(), stderr: new StringDecoder() };
  const open: { stdout?: LogLine | undefined; stderr?: LogLine | undefined } = {};
  for (let at = 0, end = 0; at + 8 <= frames.length; at = end) {
    end = at + 8 + frames.readUInt32BE(at + 4);
    if (end > frames.length) break; // The answer was too long to be read to its end.
    const stream = frames[at] === 2 ? 'stderr' : 'stdout';
    const payload = frames.subarray(at + 8, end);
    const space = payload.indexOf(' ');
    const time = new Date(payload.toString('latin1', 0, space)).toISOString();
    const text = decoders[stream].write(payload.subarray(space + 1));
    for (const piece of text.split(/(?<=\n)/).filter(Boolean)) {
      const line = open[stream] ?? { at: time, source: 'container', stream, text: '' };
      if (line !== open[stream]) lines.push(line);
      line.text += piece.replace(/\r?\n$/, '');
      open[stream] = piece.endsWith('\n') ? undefined : line;
    }
  }
  return lines;
}

/** The last of them, as many as are handed out. */
export function newest(lines: LogLine[]): { lines: LogLine[]; truncated: boolean } {
  const cut = lines.slice(-mostLines).map((line) => ({ ...line, text: shortened(line.text) }));
  let size = 0;
  const tooMuch = cut.findLastIndex(({ text }) => {
    size += text.length;
    return size > mostText;
  });
  const last = cut.slice(tooMuch + 1);
  return { lines: last, truncated: last.length < lines.length || lines.length === mostLines };
}

function shortened(text: string): string {
  return text.length > longestLine ? `${text.slice(0, longestLine).toWellFormed()} …` : text;
}

async function beginningOf(frames: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of frames) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) break;
  }
  return Buffer.concat(chunks);
}
