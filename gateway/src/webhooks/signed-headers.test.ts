import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { mintSecret } from './secret.ts';
import { signedHeaders } from './signed-headers.ts';

describe('the headers of a request', () => {
  it('are those of the specification', () => {
    // The example of Standard Webhooks and of its libraries' tests.
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const at = new Date(1614265330 * 1000);
    expect(signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', [secret], at)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('are an HMAC-SHA256 of id, timestamp and body', async () => {
    const secret = mintSecret();
    const headers = signedHeaders('evt_1', '{"a":"ü"}', [secret], new Date(1_700_000_000_999));
    const bytes = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(bytes).toHaveLength(32);
    const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode('evt_1.1700000000.{"a":"ü"}'));
    expect(headers['webhook-signature']).toBe(`v1,${Buffer.from(mac).toString('base64')}`);
  });

  it('are verified by whoever knows one of the secrets', () => {
    const [old, fresh] = [mintSecret(), mintSecret()];
    const headers = signedHeaders('evt_1', '{}', [old, fresh], new Date());
    for (const secret of [old, fresh]) expect(new Webhook(secret).verify('{}', headers)).toEqual({});
    expect(() => new Webhook(mintSecret()).verify('{}', headers)).toThrow('No matching signature');
    expect(() => new Webhook(old).verify('{ }', headers)).toThrow('No matching signature');
  });
});
