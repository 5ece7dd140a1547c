import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Architecture, DENIED, FILTERED, numberOn } from './syscalls.ts';

/** The kernel's own tables, where its headers are installed (`linux-libc-dev`). That of arm64 is the generic one. */
const headers: Record<Architecture, string> = {
  x64: '/usr/include/x86_64-linux-gnu/asm/unistd_64.h',
  arm64: '/usr/include/asm-generic/unistd.h',
};

describe.each<Architecture>(['x64', 'arm64'])('the numbers of system calls on %s', (architecture) => {
  const header = headers[architecture];

  it.skipIf(!existsSync(header))('are those of the kernel', () => {
    const defined = readFileSync(header, 'utf8').matchAll(/^#define __NR_(\w+)\s+(\d+)$/gm);
    const kernel = new Map([...defined].map(([, name = '', number]) => [name, Number(number)]));
    expect(kernel.size).toBeGreaterThan(250);
    for (const [name, numbers] of Object.entries({ ...DENIED, ...FILTERED })) {
      const number = numberOn(architecture, numbers);
      const isNewer = number !== null && number > Math.max(...kernel.values());
      if (!isNewer) expect(kernel.get(name) ?? null, name).toBe(number);
    }
  });
});
