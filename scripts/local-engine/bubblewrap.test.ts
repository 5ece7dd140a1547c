import { describe, expect, it } from 'vitest';
import { baseEnvironment, bubblewrapArguments, encodeArguments } from './bubblewrap.ts';

const options = { mounts: [], environment: { TOKEN: 'hunter2' }, tmpBytes: 1024 };

describe('bubblewrapArguments', () => {
  it('gives the server of a two-user sandbox three capabilities, and never makes a user namespace', () => {
    const args = bubblewrapArguments({ ...options, users: 'two' });
    expect(args).not.toContain('--unshare-user');
    expect(args.filter((_, index) => args[index - 1] === '--cap-add')).toEqual([
      'CAP_SETUID',
      'CAP_SETGID',
      'CAP_KILL',
    ]);
    expect(args.indexOf('--cap-drop')).toBeLessThan(args.indexOf('--cap-add'));
  });

  it('gives a one-user sandbox none', () => {
    const args = bubblewrapArguments({ ...options, users: 'one' });
    expect(args).toContain('--unshare-user');
    expect(args).not.toContain('--cap-add');
  });

  it.each(['one', 'two'] as const)('always isolates: %s', (users) => {
    const args = bubblewrapArguments({ ...options, users });
    for (const flag of [
      '--unshare-pid',
      '--unshare-net',
      '--unshare-ipc',
      '--unshare-uts',
      '--die-with-parent',
      '--new-session',
      '--clearenv',
      '--seccomp',
    ]) {
      expect(args).toContain(flag);
    }
    for (const path of ['/', '/etc', '/home', '/root', '/run', '/sys', '/usr', '/usr/local', '/var']) {
      expect(
        args.filter((value, index) => value === path && /bind/.test(args[index - 1] ?? '')),
        path,
      ).toEqual([]);
    }
  });
});

it('says which user the tools have, only where they have one', () => {
  expect(baseEnvironment('two')).toMatchObject({ SANDGATE_TOOLS_UID: '1000', SANDGATE_TOOLS_GID: '1000' });
  expect(baseEnvironment('one')).not.toHaveProperty('SANDGATE_TOOLS_UID');
});

it('refuses an argument that would become two', () => {
  expect(encodeArguments(['a', 'b']).toString()).toBe('a\0b\0');
  expect(() => encodeArguments(['a\0--bind\0/\0/'])).toThrow('NUL');
});
