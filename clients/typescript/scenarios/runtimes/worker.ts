import { play } from '../play.ts';
import type { Door, Scenario } from '../scenario.ts';

/** A Worker that plays the scenario that it is sent, and answers what was wrong. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { scenario, door } = (await request.json()) as { scenario: Scenario; door: Door };
    const wrong = await play(scenario, door).then(
      () => null,
      (error: Error) => error.message,
    );
    return Response.json({ wrong });
  },
};
