import { z } from '@hono/zod-openapi';
import { page } from './page.ts';
import { Request } from './request.ts';
import { SessionId } from './session.ts';

/** A request among those of all sessions. */
export const AccountRequest = z
  .object({ sessionId: SessionId, ...Request.shape })
  .openapi('AccountRequest', { description: 'A question to a person, and the session that asks it.' });
export type AccountRequest = z.infer<typeof AccountRequest>;

export const AccountRequestPage = page('AccountRequestPage', AccountRequest, {
  unavailable: z.array(SessionId).openapi({
    description:
      'Sessions that could not be asked just now: what waits there is not in this page. Ask for them again, by `sessionId`.',
    example: [],
  }),
});
