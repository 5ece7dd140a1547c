import { printDigest } from './disk-tree.ts';
import { OwnSession } from './own-session.ts';
import type { World } from './world.ts';

/** How often it is tried anew where another fault ends the container. */
const mostTimes = 5;

const fillers = ['filler-1', 'filler-2', 'filler-3', 'filler-4', 'filler-5', 'filler-6', 'filler-7', 'filler-last'];

/** Takes all of the disk, the last of it by writing. What only takes room is not worth keeping. */
const fill = `echo 'filler-*' > .sandgateignore
part=$(($(df --output=avail -B1 . | tail -1) / 7 - 1000000))
for n in 1 2 3 4 5 6 7; do fallocate -l $part filler-$n; done
cat /dev/zero > filler-last`;

const empty = 'rm -rf filler-* late notes .sandgateignore';

/** More than a block of a file system may have left. */
const padding = 'x'.repeat(8192);

/** A session whose tool fills the disk of its sandbox. */
export class FullDisk {
  readonly problems: string[] = [];
  readonly session: OwnSession;

  readonly #world: World;

  private constructor(world: World, session: OwnSession) {
    this.#world = world;
    this.session = session;
  }

  static async open(world: World): Promise<FullDisk> {
    return new FullDisk(world, await OwnSession.open(world));
  }

  /** Fills it, and makes room again. Answers how often it was begun. */
  async run(): Promise<number> {
    for (let time = 1; ; time += 1) {
      const { engineKills } = this.#world;
      const before = await this.session.lastSeq();
      const problems = await this.#fillAndEmpty();
      const codes = await this.session.errors(before);
      const wasEnded =
        engineKills !== this.#world.engineKills ||
        codes.some((code) => /^(sandbox_|disk_rewound|internal_)/.test(code));
      if (wasEnded && time < mostTimes) continue;
      this.problems.push(...problems.map((problem) => `${this.session.id}: ${problem}`));
      return time;
    }
  }

  /** Answers what was not as it should be. */
  async #fillAndEmpty(): Promise<string[]> {
    const problems: string[] = [];
    const check = (isSo: boolean, problem: string) => void (isSo || problems.push(problem));
    await this.session.run(`${empty}; echo 'said before' > early; cp -r .sandgate notes`);
    const before = await this.session.run(printDigest);

    const full = await this.session.run(fill);
    check(/No space left on device/.test(full.outputText ?? ''), `a tool that fills it is told ${full.outputText}`);
    check(full.stopReason === 'end_turn', `the turn that fills it ends with ${full.stopReason}`);
    const refused = await this.#write();
    check(/"disk_full"/.test(refused), `a file that has no room is answered with ${refused}`);
    const next = await this.session.run(`cat early # said while full, ${padding}`);
    check(next.outputText === 'said before\n', `the next turn reads ${next.outputText}`);

    for (const name of fillers) await this.session.answer(`/files/${name}`, { method: 'DELETE' });
    const written = await this.#write();
    check(/"path":"late"/.test(written), `with room again a file is answered with ${written}`);
    await this.session.insist('/sleep', { method: 'POST' });
    const after = await this.session.run(`rm -rf filler-* late .sandgateignore; ${printDigest}`);
    check(after.outputText === before.outputText, 'what was on it before is not what is on it afterwards');
    // The notes are made of the server's records, which the next start has read.
    const recalled = await this.session.run(
      `for said in '[s]aid before' '[s]aid while full'; do grep -q "$said" .sandgate/messages.json && echo yes; done`,
    );
    check(recalled.outputText === 'yes\nyes\n', `of two things that were said it remembers: ${recalled.outputText}`);
    return problems;
  }

  /** Writes a file from outside, small enough that all of it is on its way before it is refused. Answers the answer. */
  async #write(): Promise<string> {
    const headers = { 'content-type': 'application/octet-stream' };
    const response = await this.session.answer('/files/late', { method: 'PUT', headers, body: 'x'.repeat(200_000) });
    return response.text();
  }
}
