import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CertificateAuthority } from './certificate-authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandgate-authority-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The certificate that a client gets that trusts `trusted`. */
async function certificateOf(authority: CertificateAuthority, host: string, trusted = authority): Promise<string> {
  const server = createServer({ SNICallback: (name, done) => done(null, authority.contextOf(name)) }, (socket) =>
    socket.end(),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ host: '127.0.0.1', port, servername: host, ca: trusted.certificate });
  try {
    await once(client, 'secureConnect');
    return client.getPeerX509Certificate()?.toString() ?? '';
  } finally {
    client.destroy();
    server.close();
  }
}

describe('a certificate authority', () => {
  const authority = new CertificateAuthority();
  const longest = `${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.org`;

  it.each(['api.example.org', longest])('is any host to who trusts it: %s', async (host) => {
    const certificate = new X509Certificate(await certificateOf(authority, host));
    expect(certificate.checkHost(host)).toBe(host);
    expect(certificate.checkHost('b.example.org')).toBeUndefined();
    expect(certificate.ca).toBe(false);
  });

  it('is nobody to others, and each has keys of its own', async () => {
    const other = new CertificateAuthority();
    await expect(certificateOf(authority, 'api.example.org', other)).rejects.toThrow(/certificate/);
  });

  it('makes one certificate for each host', () => {
    expect(authority.contextOf('a.example.org')).toBe(authority.contextOf('a.example.org'));
  });

  it('writes what OpenSSL takes by the letter of RFC 5280', async () => {
    const paths = { ca: join(folder, 'ca.pem'), host: join(folder, 'host.pem') };
    writeFileSync(paths.ca, authority.certificate);
    writeFileSync(paths.host, await certificateOf(authority, 'api.example.org'));
    const verify = ['verify', '-x509_strict', '-purpose', 'sslserver', '-verify_hostname', 'api.example.org'];
    expect(execFileSync('openssl', [...verify, '-CAfile', paths.ca, paths.host], { encoding: 'utf8' })).toContain('OK');
  });

  it('is the same to those who trusted the one that had its file', async () => {
    const file = join(folder, 'kept.pem');
    const first = CertificateAuthority.open(file);
    const second = CertificateAuthority.open(file);
    expect(second.certificate).toBe(first.certificate);
    expect(new X509Certificate(await certificateOf(second, 'api.example.org', first)).ca).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is made anew where its file is spoiled, or will not last', async () => {
    const file = join(folder, 'spoiled.pem');
    const { certificate } = CertificateAuthority.open(file);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 400));
    const anew = CertificateAuthority.open(file);
    expect(anew.certificate).not.toBe(certificate);
    vi.useFakeTimers({ now: Date.now() + 400 * 24 * 3_600_000, toFake: ['Date'] });
    try {
      expect(CertificateAuthority.open(file).certificate).not.toBe(anew.certificate);
    } finally {
      vi.useRealTimers();
    }
  });
});
