import { printDigest } from './disk-tree.ts';
import { OwnSession } from './own-session.ts';
import type { World } from './world.ts';

/** How often it is tried anew where another fault ends the container. */
const mostTimes = 5;

/** Takes all of the disk, the last of it by writing. What takes the room is not worth keeping. */
const fill = `printf 'filler*\n' > .sandgateignore
part=$(($(df --output=avail -B1 . | tail -1) / 8 - 1000000))
for n in 1 2 3 4 5 6 7 8; do fallocate -l $part filler-$n; done
cat /dev/zero > filler-last`;

const octets = { 'content-type': 'application/octet-stream' };

/** A session whose tool fills the disk of its sandbox. */
export class FullDisk {
  readonly problems: string[] = [];
  readonly session: OwnSession;

  private constructor(session: OwnSession) {
    this.session = session;
  }

  static async open(world: World): Promise<FullDisk> {
    return new FullDisk(await OwnSession.open(world));
  }

  /** Fills it, and makes room again. Answers how often it was begun. */
  async run(): Promise<number> {
    for (let time = 1; ; time += 1) {
      const before = await this.session.lastSeq();
      const problems = await this.#fillAndEmpty();
      const codes = await this.session.errors(before);
      const wasEnded = codes.includes('disk_rewound') || codes.some((code) => /^sandbox_|internal_error/.test(code));
      if (wasEnded && time < mostTimes) continue;
      this.problems.push(...problems.map((problem) => `${this.session.id}: ${problem}`));
      return time;
    }
  }

  async #fillAndEmpty(): Promise<string[]> {
    const problems: string[] = [];
    const check = (isSo: boolean | undefined, problem: string) => void (isSo || problems.push(problem));
    await this.session.run(`rm -f filler* late; echo kept: a word > early; mkdir -p kept; cp -r .sandgate kept/`);
    const before = await this.session.run(`rm -f .sandgateignore; ${printDigest}`);
    const full = await this.session.run(fill);
    check(full.outputText?.includes('No space left on device'), `a tool that fills it is told ${full.outputText}`);
    check(full.stopReason === 'end_turn', `the turn that fills it ends with ${full.stopReason}`);
    const refused = await this.session.ask('/files/late', {
      method: 'PUT',
      headers: octets,
      body: 'x'.repeat(4_000_000),
    });
    const { code } = refused?.ok === false ? ((await refused.json()) as { code?: string }) : {};
    check(code === 'disk_full', `a file that has no room is answered with ${refused?.status} ${code}`);
    const said = await this.session.run('cat early # full: a word');
    check(said.outputText === 'kept: a word\n', `the next turn reads ${said.outputText}`);

    for (const n of [1, 2, 3, 4, 5, 6, 7, 8, 'last'])
      await this.session.ask(`/files/filler-${n}`, { method: 'DELETE' });
    const written = await this.session.ask('/files/late', {
      method: 'PUT',
      headers: octets,
      body: 'x'.repeat(4_000_000),
    });
    check(written?.ok, `with room again a file is answered with ${written?.status}`);
    await this.session.insist('/sleep', { method: 'POST' });
    const after = await this.session.run(`rm -f late .sandgateignore; ${printDigest}`);
    check(after.outputText === before.outputText, 'what was there before is not what is there afterwards');
    // By its records, which the next start has read: also what was said while nothing could be written.
    const recalled = await this.session.run(`grep -c -e 'kept: a word' -e 'full: a word' .sandgate/messages.json`);
    check(Number(recalled.outputText) >= 2, `the server remembers ${recalled.outputText} of 2 things`);
    return problems;
  }
}
