import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import { signCertificate } from './certificate.ts';

const NAME = 'Sandgate local engine';
const HOUR = 3_600_000;
/** Twice as long as an engine runs: one that is found has half of it left at least. */
const VALIDITY = 730 * 24 * HOUR;
/** A sandbox may ask for hosts without end. */
const MOST_HOSTS = 512;

/**
 * Whom sandboxes trust to be any host, so that their HTTPS can be looked into on its way to the Worker. Its key is for this
 * engine alone, and for the one that takes its place: workerd asks for the certificate once, and has later sandboxes trust
 * that one, whichever engine runs them.
 */
export class CertificateAuthority {
  readonly #privateKey: KeyObject;
  /** In PEM. */
  readonly certificate: string;
  readonly #validity: { notBefore: Date; notAfter: Date };
  /** One for all hosts: it is the same who has it. */
  readonly #hostKey = newKey();
  readonly #contexts = new Map<string, SecureContext>();

  /** @param kept what `pem` says of the one of before. */
  constructor(kept?: string) {
    this.#privateKey = kept === undefined ? newKey() : createPrivateKey(kept);
    const known = kept === undefined ? undefined : new X509Certificate(kept);
    const now = Date.now();
    this.#validity = {
      notBefore: known?.validFromDate ?? new Date(now - HOUR),
      notAfter: known?.validToDate ?? new Date(now + VALIDITY),
    };
    this.certificate = known?.toString() ?? this.#sign(NAME, this.#privateKey);
  }

  /** The one that is kept in a file; a new one, kept from now on, where there is none that lasts. */
  static open(file: string): CertificateAuthority {
    const found = find(file);
    if (found && found.#validity.notAfter.getTime() - Date.now() > VALIDITY / 2) return found;
    const made = new CertificateAuthority();
    writeFileSync(`${file}.new`, made.pem, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return made;
  }

  /** The private key and the certificate. */
  get pem(): string {
    return `${this.#privateKey.export({ type: 'pkcs8', format: 'pem' })}${this.certificate}`;
  }

  /** What a server needs to be taken for this host by whoever trusts `certificate`. */
  contextOf(host: string): SecureContext {
    const known = this.#contexts.get(host);
    if (known) return known;
    if (this.#contexts.size >= MOST_HOSTS) this.#contexts.clear();
    const cert = this.#sign(`${NAME}, a host`, this.#hostKey, host);
    const context = createSecureContext({ cert, key: this.#hostKey.export({ type: 'pkcs8', format: 'pem' }) });
    this.#contexts.set(host, context);
    return context;
  }

  #sign(subject: string, key: KeyObject, host?: string): string {
    const issuerKey = { publicKey: createPublicKey(this.#privateKey), privateKey: this.#privateKey };
    const request = { subject, publicKey: createPublicKey(key), issuer: NAME, issuerKey, ...this.#validity };
    return signCertificate(host === undefined ? request : { ...request, host });
  }
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

/** No file means none; one that was spoiled is as good as none. */
function find(file: string): CertificateAuthority | undefined {
  try {
    return new CertificateAuthority(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
