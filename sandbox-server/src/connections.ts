import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The connections of a server, which can so be ended with nothing lost of what was said to them: `Server.close` drops what
 * of an ended answer was not sent yet, and with a container goes also what was sent and not received.
 */
export class Connections {
  readonly #server: Server;
  /** Those that wait for an answer, or were given one since the end was near, and when that was sent. */
  readonly #answered = new Map<Socket, Promise<unknown>>();
  #isEndNear = false;

  /** @param server one that nobody has connected to yet. */
  constructor(server: Server) {
    this.#server = server;
    server.on('request', ({ socket }, answer: ServerResponse) => {
      const sent = closed(answer);
      this.#answered.set(socket, sent);
      // Unless the next was asked for meanwhile, on the same connection.
      answer.once(
        'close',
        () => this.#isEndNear || this.#answered.get(socket) !== sent || this.#answered.delete(socket),
      );
    });
  }

  /** From now on who was answered is waited for at the end. */
  expectEnd(): void {
    this.#isEndNear = true;
  }

  /** Closes the server, once all that was answered was received, as the end of each connection tells, or after a while. */
  async end(withinMs: number): Promise<void> {
    const received = [...this.#answered].map(async ([socket, sent]) => {
      await sent;
      if (!socket.closed) await closed(socket.end());
    });
    await Promise.race([Promise.all(received), sleep(withinMs)]);
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** Never rejects: also one that broke is closed. */
const closed = (stream: Socket | ServerResponse) => new Promise((resolve) => stream.once('close', resolve));
