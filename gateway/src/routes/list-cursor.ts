import { ProblemError } from '@sandgate/api-spec';

/** Where a page of a list ends that is sorted by time and id. */
type Position = [at: string, id: string];

/** The cursor behind an item of a list that is sorted by creation. */
export function cursorBehind({ createdAt, id }: { createdAt: string; id: string }): string {
  return cursorAt([createdAt, id]);
}

/** The position in base64url, so that it goes as it is into a URL. */
export function cursorAt(position: Position): string {
  return new TextEncoder().encode(JSON.stringify(position)).toBase64({ alphabet: 'base64url', omitPadding: true });
}

/** @throws ProblemError `invalid_request` where it is not a cursor of ours. */
export function positionOf(cursor: string): Position {
  try {
    const [createdAt, id] = JSON.parse(
      new TextDecoder().decode(Uint8Array.fromBase64(cursor, { alphabet: 'base64url' })),
    );
    if (typeof createdAt === 'string' && typeof id === 'string') return [createdAt, id];
  } catch {
    // Not a cursor of ours: said below.
  }
  throw new ProblemError('invalid_request', 'after: not a cursor of this list', {
    errors: [{ path: 'after', message: 'Give the nextCursor of a page as it was.' }],
  });
}
