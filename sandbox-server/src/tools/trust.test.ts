import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { trustEnvironment } from './trust.ts';

it('names the certificate authority to each kind of program, where there is one', () => {
  const file = fileURLToPath(import.meta.url);
  expect(trustEnvironment(file)).toMatchObject({ NODE_EXTRA_CA_CERTS: file, GIT_SSL_CAINFO: file });
  // Without it, a variable that names nothing would make curl fail and Node complain.
  expect(trustEnvironment('/nowhere/ca.crt')).toEqual({});
});
