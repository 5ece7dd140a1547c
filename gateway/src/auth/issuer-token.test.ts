import { exportJWK, exportSPKI, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Env } from '../env.ts';
import { isJwt, issuerCaller } from './issuer-token.ts';

const issuer = 'https://issuer.example';
const audience = 'sandgate';
const pairs = {
  rsa: await generateKeyPair('RS256'),
  ec: await generateKeyPair('ES256'),
  ed: await generateKeyPair('EdDSA'),
  stranger: await generateKeyPair('ES256'),
};
const published = await Promise.all(
  (['rsa', 'ec', 'ed'] as const).map(async (kid) => ({ ...(await exportJWK(pairs[kid].publicKey)), kid })),
);
const DB = { prepare: () => ({ bind: () => ({ run: async () => undefined }) }) };
const env = {
  DB,
  JWT_ISSUER: issuer,
  JWT_AUDIENCE: audience,
  JWT_JWKS: JSON.stringify({ keys: published }),
} as unknown as Env;

const now = () => Math.floor(Date.now() / 1000);

/** A token that is right but for what is given. */
function token(
  claims: Record<string, unknown> = {},
  header: Partial<JWTHeaderParameters> = {},
  key: CryptoKey | Uint8Array = pairs.ec.privateKey,
) {
  const payload = {
    iss: issuer,
    aud: audience,
    sub: 'alice',
    scope: 'openid sessions:read files:read',
    exp: now() + 60,
    ...claims,
  };
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'ec', ...header }).sign(key);
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function reasonOf(text: Promise<string> | string, environment = env) {
  const error = await issuerCaller(await text, environment).then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ code: 'unauthorized', status: 401 });
  return error.reason;
}

describe('a token of the issuer', () => {
  it.each([
    ['ES256', 'ec', pairs.ec],
    ['RS256', 'rsa', pairs.rsa],
    ['EdDSA', 'ed', pairs.ed],
  ] as const)('signed with %s opens an account of its own, with the scopes that there are', async (alg, kid, pair) => {
    const caller = await issuerCaller(await token({}, { alg, kid }, pair.privateKey), env);
    expect(caller.scopes).toEqual(['sessions:read', 'files:read']);
    const bob = await issuerCaller(await token({ sub: 'bob' }), env);
    const other = await issuerCaller(await token({ iss: 'https://other.example' }), {
      ...env,
      JWT_ISSUER: 'https://other.example',
    });
    expect(new Set([caller.accountId, bob.accountId, other.accountId]).size).toBe(3);
    expect(caller.accountId).toMatch(/^acct_[a-z2-7]{26}$/);
  });

  it('shares the account of a claim that is configured', async () => {
    const company = { ...env, JWT_ACCOUNT_CLAIM: 'org' };
    const [alice, bob] = await Promise.all(
      ['alice', 'bob'].map(async (sub) => issuerCaller(await token({ sub, org: 'acme' }), company)),
    );
    expect(alice?.accountId).toBe(bob?.accountId);
    expect(alice?.credentialId).not.toBe(bob?.credentialId);
    expect(await reasonOf(token({ org: 7 }), company)).toBe('wrong_claims');
  });

  it('may do nothing where it names no scope', async () => {
    expect((await issuerCaller(await token({ scope: undefined }), env)).scopes).toEqual([]);
    expect((await issuerCaller(await token({ scope: ['keys:admin'] }), env)).scopes).toEqual([]);
  });
});

describe('is refused with a reason:', () => {
  it('one whose time is over, has not come, or has no end', async () => {
    expect(await reasonOf(token({ exp: now() - 60 }))).toBe('expired');
    expect(await reasonOf(token({ nbf: now() + 60 }))).toBe('not_yet_valid');
    expect(await reasonOf(token({ exp: undefined }))).toBe('wrong_claims');
  });

  it('one of another issuer, for another audience, or for nobody', async () => {
    expect(await reasonOf(token({ iss: 'https://evil.example' }))).toBe('wrong_issuer');
    expect(await reasonOf(token({ aud: 'another' }))).toBe('wrong_audience');
    expect(await reasonOf(token({ aud: undefined }))).toBe('wrong_audience');
    expect(await reasonOf(token({ sub: undefined }))).toBe('wrong_claims');
  });

  it('one that is not signed', async () => {
    const [, payload] = (await token()).split('.');
    for (const alg of ['none', 'None', 'NONE', ''])
      expect(await reasonOf(`${part({ alg, kid: 'ec' })}.${payload}.`)).toMatch(/wrong_algorithm|malformed/);
  });

  it('one that is signed with what is public (algorithm confusion)', async () => {
    const secrets = [
      await exportSPKI(pairs.rsa.publicKey),
      JSON.stringify(await exportJWK(pairs.rsa.publicKey)),
      (await exportJWK(pairs.rsa.publicKey)).n ?? '',
    ];
    for (const secret of secrets)
      for (const alg of ['HS256', 'HS512'])
        expect(await reasonOf(token({}, { alg, kid: 'rsa' }, new TextEncoder().encode(secret.padEnd(64))))).toBe(
          'wrong_algorithm',
        );
  });

  it('one whose key the issuer does not have, or which names none', async () => {
    const { privateKey } = pairs.stranger;
    expect(await reasonOf(token({}, { kid: 'stranger' }, privateKey))).toBe('unknown_signer');
    expect(await reasonOf(token({}, { kid: 'rsa' }))).toBe('unknown_signer'); // A key of another kind.
    expect(
      await reasonOf(new SignJWT({ iss: issuer }).setProtectedHeader({ alg: 'ES256' }).sign(pairs.ec.privateKey)),
    ).toBe('unknown_signer');
  });

  it('one that brings its own key along', async () => {
    const { privateKey, publicKey } = pairs.stranger;
    const jwk = await exportJWK(publicKey);
    expect(await reasonOf(token({}, { jwk }, privateKey))).toBe('wrong_signature');
    expect(await reasonOf(token({}, { jku: 'https://evil.example/jwks', kid: 'ec' }, privateKey))).toBe(
      'wrong_signature',
    );
  });

  it('one that was changed, or cannot be read', async () => {
    const [header, payload, signature] = (await token()).split('.');
    const changed = part({ iss: issuer, aud: audience, sub: 'root', exp: now() + 60 });
    expect(await reasonOf(`${header}.${changed}.${signature}`)).toBe('wrong_signature');
    expect(await reasonOf(`${header}.${payload}.`)).toBe('wrong_signature');
    expect(await reasonOf(`eyJ.${payload}.${signature}`)).toBe('malformed');
    expect(await reasonOf(`${part({ alg: 'ES256', kid: 'ec', crit: ['x'], x: 1 })}.${payload}.${signature}`)).toMatch(
      /wrong_algorithm|malformed/,
    );
  });
});

it('without an audience nobody comes in, and it is said why', async () => {
  await expect(issuerCaller(await token(), { ...env, JWT_AUDIENCE: '' })).rejects.toThrow('JWT_AUDIENCE');
});

it('keys are fetched over https only, but from this machine', async () => {
  const { JWT_JWKS: _, ...remote } = env;
  await expect(issuerCaller(await token(), { ...remote, JWT_JWKS_URL: 'http://issuer.example/jwks' })).rejects.toThrow(
    'https',
  );
});

it('a JWT is told from a key by its header', async () => {
  expect(isJwt(await token())).toBe(true);
  for (const text of ['sg_live_0123', 'a.b.c', 'eyJ.a', 'eyJ.a.b.c']) expect(isJwt(text)).toBe(false);
});
