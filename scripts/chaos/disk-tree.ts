import type { Random } from './random.ts';

/**
 * Shell: prints one digest of all that can be seen of the workspace: names, types, modes, links and their targets,
 * numbers of names, sizes, times to the microsecond, and bytes. Not of the notes, which each turn writes.
 */
export const printDigest = `{
  find . -mindepth 1 -path ./.sandgate -prune -o -mindepth 1 -printf '%P\\0%y\\0%m\\0%l\\0%T@\\n' | sed -E 's/(\\.[0-9]{6})[0-9]+$/\\1/' | LC_ALL=C sort
  find . -path ./.sandgate -prune -o ! -type d -printf '%P\\0%n\\0%s\\n' | LC_ALL=C sort
  find . -path ./.sandgate -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum
} | sha256sum | cut -c1-64`;

/** Shell: makes another tree of the one that is there, whatever that is. The tag is in small files first and last. */
export function changeTree(tag: string, random: Random): string {
  const time = () => `@${random.int(1, 2_000_000_000)}.${random.int(100_000, 999_999)}`;
  const mark = (folder: string) => `mkdir -p ${folder}; for n in $(seq 30); do echo ${tag} $n > ${folder}/$n; done`;
  const some = [
    `mkdir -p 'odd names'; echo ${tag} > "odd names/'q' \\"\\$x é🎉"; echo ${tag} > $'odd names/line\\nbreak'`,
    `echo ${tag} > $'not utf-8 \\xff'`,
    `mkdir -p deep/er/est; echo ${tag} > deep/er/est/file; chmod ${random.pick(['700', '711', '755'])} deep/er`,
    `ln -sfn ${random.pick(['a/1', 'nowhere', '/etc/passwd'])} link; touch -h -d ${time()} link`,
    `ln -f a/1 'another name'; ln -f a/2 z/two`,
    `rm -rf moved; cp -r a moved; touch -d ${time()} moved`,
    `rm -f program; echo ${tag} > program; chmod ${random.pick(['755', '500', '444', '4711'])} program`,
    `rm -f 'another name' deep/er/est/file`,
    `rm -f sparse; truncate -s ${random.int(1, 90)}M sparse; echo ${tag} >> sparse`,
    `touch -d ${time()} a/3 a/4 z/5`,
  ];
  const ballast = `head -c ${random.int(200, 3000)}K /dev/urandom > m-${random.int(1, 4)}`;
  return [mark('a'), ballast, ...random.shuffled(some).slice(0, random.int(2, some.length)), mark('z')].join('\n');
}
