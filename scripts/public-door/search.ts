/** A text as a regular expression that does not match itself, so that a search does not find its own pattern. */
const pattern = (text: string) => `[${text[0]}]${text.slice(1).replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&')}`;

/**
 * A script that looks for texts in all that a process of the sandbox can read: its environment, the environments and
 * arguments of all processes, and every file. Prints where each was found, and `searched` at the end.
 */
export function search(texts: string[]): string {
  const patterns = texts.map(pattern).join('|');
  return `
look() { grep -a -o -E -- ${JSON.stringify(patterns)} | sort -u | sed "s|^|found in $1: |"; }
env | look environment
for process in /proc/[0-9]*; do
  tr '\\0' '\\n' 2>/dev/null < $process/environ | look environ
  tr '\\0' '\\n' 2>/dev/null < $process/cmdline | look argv
done
for folder in /app /workspace /home /tmp /dev/shm /var /run /etc /root /srv /opt; do
  [ ! -e $folder ] || grep -r -a -h -o -s -E -- ${JSON.stringify(patterns)} $folder | sort -u | sed "s|^|found in $folder: |"
done
echo searched`;
}
