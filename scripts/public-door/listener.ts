import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Hears all that comes to one port of this machine, over TCP and UDP, on all of its addresses. */
export class Listener {
  /** An address of the machine that is not its loopback, where it has one. */
  readonly address =
    Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.1';
  heard = '';
  readonly #tcp = createServer((socket: Socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => this.#hear(data));
  });
  readonly #udp = createSocket('udp4', (data) => this.#hear(data));

  get port(): number {
    return (this.#tcp.address() as AddressInfo).port;
  }

  async start(): Promise<void> {
    this.#tcp.listen(0, '0.0.0.0');
    await once(this.#tcp, 'listening');
    this.#udp.bind(this.port, '0.0.0.0');
    await once(this.#udp, 'listening');
  }

  stop(): void {
    this.#tcp.close();
    this.#udp.close();
  }

  #hear(data: Buffer): void {
    this.heard += data.toString('latin1');
  }
}
