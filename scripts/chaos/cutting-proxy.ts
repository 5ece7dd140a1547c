import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** How a connection is to be cut. */
export interface Cut {
  /** Which way the last bytes go. */
  side: 'request' | 'answer';
  /** How many more bytes pass. */
  afterBytes: number;
  /** With a reset, as when a machine disappears; else as by an orderly end in mid-sentence. */
  reset: boolean;
}

interface Connection {
  client: Socket;
  server: Socket;
  cut?: Cut;
}

/** A proxy for TCP between the clients and the gateway, which cuts connections after any byte. */
export class CuttingProxy {
  readonly url: string;
  cuts = 0;
  readonly #server: ReturnType<typeof createServer>;
  readonly #connections: Set<Connection>;

  private constructor(server: ReturnType<typeof createServer>, connections: Set<Connection>) {
    this.#server = server;
    this.#connections = connections;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(target: string): Promise<CuttingProxy> {
    const { hostname, port } = new URL(target);
    const connections = new Set<Connection>();
    let proxy: CuttingProxy | undefined;
    const server = createServer((client) => {
      const connection: Connection = { client, server: connect(Number(port), hostname) };
      connections.add(connection);
      const { server: upstream } = connection;
      const end = () => {
        connections.delete(connection);
        client.destroy();
        upstream.destroy();
      };
      client.on('error', end).on('close', end);
      upstream.on('error', end).on('end', () => client.end()); // What is on its way still arrives.
      const onCut = () => {
        if (proxy) proxy.cuts += 1;
      };
      pass(client, upstream, 'request', connection, onCut);
      pass(upstream, client, 'answer', connection, onCut);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    proxy = new CuttingProxy(server, connections);
    return proxy;
  }

  /** How many connections there are to cut. */
  get size(): number {
    return this.#connections.size;
  }

  /** Has a connection cut; the one at this place of the list. */
  cut(index: number, cut: Cut): void {
    const connection = [...this.#connections][index];
    if (connection) connection.cut = cut;
  }

  close(): void {
    for (const { client, server } of this.#connections) {
      client.destroy();
      server.destroy();
    }
    this.#server.close();
  }
}

function pass(from: Socket, to: Socket, side: Cut['side'], connection: Connection, onCut: () => void): void {
  from.on('data', (bytes: Buffer) => {
    const { cut } = connection;
    if (cut?.side === side && bytes.length >= cut.afterBytes) {
      onCut();
      to.write(bytes.subarray(0, cut.afterBytes), () => {
        const { client, server } = connection;
        if (cut.reset) client.resetAndDestroy();
        else client.end();
        server.destroy();
      });
      from.pause();
      return;
    }
    if (cut?.side === side) cut.afterBytes -= bytes.length;
    if (to.write(bytes)) return;
    from.pause();
    to.once('drain', () => from.resume());
  });
}
