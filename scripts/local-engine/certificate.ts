import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { der } from './der.ts';

export interface CertificateRequest {
  /** Whom it is for, as a common name. */
  subject: string;
  publicKey: KeyObject;
  issuer: string;
  /** An ECDSA key on P-256. */
  issuerKey: { publicKey: KeyObject; privateKey: KeyObject };
  /** The one host that it is good for; a certificate authority's without. */
  host?: string;
  notBefore: Date;
  notAfter: Date;
}

const ecdsaWithSha256 = der.sequence(der.objectId('1.2.840.10045.4.3.2'));

/**
 * Signs an X.509 certificate (RFC 5280), and answers it as PEM. Node can sign but has no words for certificates; the
 * libraries that have would bring twenty packages.
 */
export function signCertificate(request: CertificateRequest): string {
  const { subject, publicKey, issuer, issuerKey, notBefore, notAfter } = request;
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(2)), // Version 3, which has extensions.
    serialNumber(),
    ecdsaWithSha256,
    name(issuer),
    der.sequence(der.time(notBefore), der.time(notAfter)),
    name(subject),
    publicKeyInfo(publicKey),
    der.explicit(3, der.sequence(...extensions(request))),
  );
  const signature = sign('sha256', toBeSigned, issuerKey.privateKey);
  const certificate = der.sequence(toBeSigned, ecdsaWithSha256, der.bits(signature)).toString('base64');
  return `-----BEGIN CERTIFICATE-----\n${certificate.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** RFC 5280, section 4.2.1; a verifier that follows it to the letter asks for each of these. */
function extensions({ host, publicKey, issuerKey }: CertificateRequest): Buffer[] {
  const authorityKey = extension(35, der.sequence(der.implicit(0, keyIdentifier(issuerKey.publicKey))));
  const subjectKey = extension(14, der.octets(keyIdentifier(publicKey)));
  if (host === undefined)
    return [
      extension(19, der.sequence(der.boolean(true)), 'critical'), // A certificate authority.
      extension(15, der.bits(Buffer.of(0b0000_0110), 1), 'critical'), // It signs certificates and revocations.
      subjectKey,
    ];
  return [
    extension(15, der.bits(Buffer.of(0b1000_0000), 7), 'critical'), // It signs.
    extension(37, der.sequence(der.objectId('1.3.6.1.5.5.7.3.1'))), // It is a server's.
    extension(17, der.sequence(der.implicit(2, Buffer.from(host)))), // The name of its host.
    subjectKey,
    authorityKey,
  ];
}

function extension(id: number, value: Buffer, critical?: 'critical'): Buffer {
  return der.sequence(der.objectId(`2.5.29.${id}`), ...(critical ? [der.boolean(true)] : []), der.octets(value));
}

function name(commonName: string): Buffer {
  return der.sequence(der.set(der.sequence(der.objectId('2.5.4.3'), der.text(commonName))));
}

function publicKeyInfo(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1').update(publicKeyInfo(key)).digest();
}

function serialNumber(): Buffer {
  const [first = 0, ...others] = randomBytes(16);
  return der.integer((first & 0x3f) | 0x40, ...others);
}
