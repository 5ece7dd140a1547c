/**
 * A small assembler for classic BPF, the language of seccomp filters. Jumps name a label further down; the assembler
 * turns them into the relative offsets of the kernel's `struct sock_filter { u16 code; u8 jt, jf; u32 k; }`.
 * @see https://www.kernel.org/doc/html/latest/userspace-api/seccomp_filter.html
 */
export type Instruction =
  | { op: 'load'; offset: number }
  | { op: 'and'; mask: number }
  | { op: 'return'; value: number }
  | { op: 'label'; name: string }
  /** Goes to `yes` if the comparison holds, to `no` if not; left out means the next instruction. */
  | { op: 'jump-equal' | 'jump-at-least'; value: number; yes?: string; no?: string };

const CODE = { load: 0x20, and: 0x54, 'jump-equal': 0x15, 'jump-at-least': 0x35, return: 0x06 } as const;

export function assemble(program: readonly Instruction[]): Buffer {
  const labels = new Map<string, number>();
  const instructions: Exclude<Instruction, { op: 'label' }>[] = [];
  for (const instruction of program) {
    if (instruction.op === 'label') labels.set(instruction.name, instructions.length);
    else instructions.push(instruction);
  }

  const offset = (label: string | undefined, from: number): number => {
    if (label === undefined) return 0;
    const target = labels.get(label);
    if (target === undefined) throw new Error(`no label ${label} in the filter`);
    const distance = target - from - 1;
    if (distance < 0 || distance > 255) throw new Error(`label ${label} is ${distance} instructions away`);
    return distance;
  };

  const output = Buffer.alloc(instructions.length * 8);
  for (const [index, instruction] of instructions.entries()) {
    const at = index * 8;
    output.writeUInt16LE(CODE[instruction.op], at);
    if (instruction.op === 'load') output.writeUInt32LE(instruction.offset, at + 4);
    else if (instruction.op === 'and') output.writeUInt32LE(instruction.mask >>> 0, at + 4);
    else if (instruction.op === 'return') output.writeUInt32LE(instruction.value >>> 0, at + 4);
    else {
      output.writeUInt8(offset(instruction.yes, index), at + 2);
      output.writeUInt8(offset(instruction.no, index), at + 3);
      output.writeUInt32LE(instruction.value >>> 0, at + 4);
    }
  }
  return output;
}
