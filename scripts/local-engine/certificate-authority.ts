import { generateKeyPairSync } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { signCertificate } from './certificate.ts';

const NAME = 'Sandgate local engine';
const HOUR = 3_600_000;
/** Longer than an engine runs. */
const VALIDITY = 365 * 24 * HOUR;
/** A sandbox may ask for hosts without end. */
const MOST_HOSTS = 512;

/**
 * Whom sandboxes trust to be any host, so that their HTTPS can be looked into on its way to the Worker. Its keys are in
 * the memory of this engine alone, and end with it.
 */
export class CertificateAuthority {
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  /** One for all hosts: it is the same who has it. */
  readonly #hostKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #privateKey = this.#hostKey.privateKey.export({ type: 'pkcs8', format: 'pem' });
  readonly #validity = { notBefore: new Date(Date.now() - HOUR), notAfter: new Date(Date.now() + VALIDITY) };
  readonly #contexts = new Map<string, SecureContext>();
  /** In PEM. */
  readonly certificate = this.#sign(NAME);

  /** What a server needs to be taken for this host by whoever trusts `certificate`. */
  contextOf(host: string): SecureContext {
    const known = this.#contexts.get(host);
    if (known) return known;
    if (this.#contexts.size >= MOST_HOSTS) this.#contexts.clear();
    const context = createSecureContext({ cert: this.#sign(`${NAME}, a host`, host), key: this.#privateKey });
    this.#contexts.set(host, context);
    return context;
  }

  #sign(subject: string, host?: string): string {
    const { publicKey } = host === undefined ? this.#key : this.#hostKey;
    const request = { subject, publicKey, issuer: NAME, issuerKey: this.#key, ...this.#validity };
    return signCertificate(host === undefined ? request : { ...request, host });
  }
}
