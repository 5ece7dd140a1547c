import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An identity provider: signs tokens, and shows its keys over HTTP. */
export interface Issuer extends AsyncDisposable {
  /** What the gateway is told of it. */
  vars: Record<string, string>;
  /** A token that is right but for what is given. */
  token(claims?: Record<string, unknown>): Promise<string>;
}

export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'first', alg: 'ES256', use: 'sig' }];
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys })),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = 'https://issuer.example';
  return {
    vars: {
      JWT_ISSUER: issuer,
      JWT_AUDIENCE: 'sandgate',
      JWT_JWKS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    },
    token: (claims = {}) =>
      new SignJWT({ iss: issuer, aud: 'sandgate', sub: 'alice', exp: Math.floor(Date.now() / 1000) + 300, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: 'first' })
        .sign(privateKey),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
