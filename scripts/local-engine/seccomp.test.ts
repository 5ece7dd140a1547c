import { describe, expect, it } from 'vitest';
import { seccompFilter } from './seccomp.ts';
import { type Architecture, AUDIT_ARCH, DENIED, FILTERED, numberOn } from './syscalls.ts';

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const refused = (code: number) => 0x00050000 | code;

interface Call {
  arch?: number;
  number: number;
  args?: number[];
}

/** Runs a filter as the kernel does. */
function run(filter: Buffer, { arch = AUDIT_ARCH.x64, number, args = [] }: Call): number {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number, 0);
  data.writeUInt32LE(arch, 4);
  for (const [index, value] of args.entries()) data.writeUInt32LE(value >>> 0, 16 + 8 * index);
  let accumulator = 0;
  for (let at = 0; ; at++) {
    const code = filter.readUInt16LE(at * 8);
    const [yes, no] = [filter[at * 8 + 2] ?? 0, filter[at * 8 + 3] ?? 0];
    const operand = filter.readUInt32LE(at * 8 + 4);
    if (code === 0x20) accumulator = data.readUInt32LE(operand);
    else if (code === 0x54) accumulator = (accumulator & operand) >>> 0;
    else if (code === 0x15) at += accumulator === operand ? yes : no;
    else if (code === 0x35) at += accumulator >= operand ? yes : no;
    else if (code === 0x06) return operand;
    else throw new Error(`unknown instruction ${code}`);
  }
}

describe.each<Architecture>(['x64', 'arm64'])('the seccomp filter for %s', (architecture) => {
  const filter = seccompFilter(architecture);
  const arch = AUDIT_ARCH[architecture];
  const number = (name: keyof typeof FILTERED) => numberOn(architecture, FILTERED[name]) as number;
  const on = (name: keyof typeof FILTERED, ...args: number[]) => run(filter, { arch, number: number(name), args });

  it.each(Object.keys(DENIED))('refuses %s', (name) => {
    const denied = numberOn(architecture, DENIED[name] as (typeof DENIED)[string]);
    if (denied !== null) expect(run(filter, { arch, number: denied })).toBe(refused(1));
  });

  it('lets ordinary calls through', () => {
    const ordinary = architecture === 'x64' ? [0, 1, 59, 257, 202, 231] : [63, 64, 221, 56, 98, 94];
    for (const call of ordinary) expect(run(filter, { arch, number: call })).toBe(ALLOW);
  });

  it('lets threads and processes be made, but not namespaces', () => {
    expect(on('clone', 0x003d0f00)).toBe(ALLOW);
    for (const flag of [0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000]) {
      expect(on('clone', flag | 17)).toBe(refused(1));
    }
    expect(on('clone3')).toBe(refused(38));
  });

  it('knows four socket families', () => {
    for (const family of [1, 2, 10, 16]) expect(on('socket', family)).toBe(ALLOW);
    for (const family of [0, 3, 17, 38, 40]) expect(on('socket', family)).toBe(refused(97));
  });

  it('refuses typing into a terminal', () => {
    expect(on('ioctl', 0, 0x5412)).toBe(refused(1));
    expect(on('ioctl', 0, 0x5413)).toBe(ALLOW);
  });

  it('ends a process that calls in the manner of another architecture', () => {
    expect(run(filter, { arch: 0x40000003, number: 1 })).toBe(KILL);
    if (architecture === 'x64') expect(run(filter, { number: 0x40000000 | 165 })).toBe(KILL);
  });
});

it('has no filter for other architectures', () => {
  expect(() => seccompFilter('mips')).toThrow('mips');
});
