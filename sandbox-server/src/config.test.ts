import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  test('has a default for all but the secret', () => {
    expect(readConfig({ SANDGATE_SECRET: 's' })).toEqual({
      port: 8080,
      secret: 's',
      dataDirectory: '/var/lib/sandgate',
      allowScripted: false,
      awaitDisk: false,
      parkAfterSeconds: 30,
      home: undefined,
      claude: { directory: undefined, baseUrl: undefined },
      tools: {
        uid: undefined,
        gid: undefined,
        workspace: '/workspace',
        env: { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: '/workspace', LANG: 'C.UTF-8', TMPDIR: '/tmp' },
      },
    });
  });

  test('refuses to run without auth, unless told so', () => {
    expect(() => readConfig({})).toThrow('SANDGATE_SECRET: Required');
    expect(() => readConfig({ SANDGATE_SECRET: '' })).toThrow('SANDGATE_SECRET');
    expect(readConfig({ SANDGATE_INSECURE_NO_AUTH: '1' }).secret).toBeUndefined();
  });

  test('takes the secrets out of the environment, also when it is wrong', () => {
    const env = { SANDGATE_SECRET: 's', SANDGATE_SESSION_ENV: '{"A":"1"}' };
    readConfig(env);
    expect(env).toEqual({});
    const wrong = { SANDGATE_SECRET: 's', SANDGATE_SESSION_ENV: 'hunter2' };
    expect(() => readConfig(wrong)).toThrow(/SANDGATE_SESSION_ENV: Not JSON$/);
    expect(wrong).toEqual({});
  });

  test.each([
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['SANDGATE_WORKSPACE', 'relative'],
    ['SANDGATE_TOOLS_UID', '0'],
    ['SANDGATE_TOOLS_UID', '-1'],
    ['SANDGATE_ALLOW_SCRIPTED', 'yes'],
    ['SANDGATE_CLAUDE_DIR', 'relative'],
    ['ANTHROPIC_BASE_URL', 'file:///etc/passwd'],
    ['SANDGATE_SESSION_ENV', '{"A":1}'],
  ])('names %s when it is %s', (name, value) => {
    expect(() => readConfig({ SANDGATE_SECRET: 's', [name]: value })).toThrow(name);
  });

  test("a group needs a user, and is the user's own unless told", () => {
    expect(() => readConfig({ SANDGATE_SECRET: 's', SANDGATE_TOOLS_GID: '5' })).toThrow('SANDGATE_TOOLS_UID');
    expect(readConfig({ SANDGATE_SECRET: 's', SANDGATE_TOOLS_UID: '5' }).tools).toMatchObject({ uid: 5, gid: 5 });
  });

  test('tools get an allow-list, the proxies, and what the session says', () => {
    const env = {
      SANDGATE_SECRET: 's',
      AWS_SECRET_ACCESS_KEY: 'k',
      NODE_OPTIONS: '--inspect',
      PATH: '/bin',
      HOME: '/root',
      https_proxy: 'http://127.0.0.1:3128',
      SANDGATE_TOOLS_HOME: '/home/agent',
      SANDGATE_SESSION_ENV: '{"NODE_ENV":"test"}',
    };
    expect(readConfig(env).tools.env).toEqual({
      PATH: '/bin',
      HOME: '/home/agent',
      LANG: 'C.UTF-8',
      TMPDIR: '/tmp',
      https_proxy: 'http://127.0.0.1:3128',
      NODE_ENV: 'test',
    });
  });
});
