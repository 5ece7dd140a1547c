import { existsSync } from 'node:fs';

/**
 * Where Cloudflare, and an engine that stands in for it, puts the certificate authority that signs for every host: HTTPS
 * of a sandbox is ended outside of it.
 *
 * @see https://developers.cloudflare.com/containers/platform-details/outbound-traffic/
 */
const authority = '/etc/cloudflare/certs/cloudflare-containers-ca.crt';

/** Read by Node and Bun; by OpenSSL and Go, and so by Python; by curl; by git; by Requests and pip. */
const variables = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE', 'GIT_SSL_CAINFO', 'REQUESTS_CA_BUNDLE'];

/** What has programs trust the authority of their sandbox, where it has one. It stands for all others: none is met inside. */
export function trustEnvironment(file = authority): Record<string, string> {
  return existsSync(file) ? Object.fromEntries(variables.map((name) => [name, file])) : {};
}
