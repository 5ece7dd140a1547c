import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isAlive } from '../testing/eventually.ts';
import { endProcessGroup } from './process-group.ts';

async function group(script: string): Promise<{ groupId: number; members: number[] }> {
  const child = spawn('sh', ['-c', `${script}; echo; sleep 300`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return {
    groupId: child.pid as number,
    members: [child.pid as number, ...String(line).trim().split(/\s+/).map(Number)],
  };
}

test('ends all of a group at once, if they let themselves be ended', async () => {
  const { groupId, members } = await group('sleep 300 & printf "$! "; sleep 300 & printf $!');
  const started = performance.now();
  await endProcessGroup(groupId);
  expect(members.filter(isAlive)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2_000); // Before they would be killed.
});

test('kills those that do not', async () => {
  const { groupId, members } = await group('trap "" TERM; sleep 300 & printf $!');
  await endProcessGroup(groupId);
  expect(members.filter(isAlive)).toEqual([]);
});

test('has nothing to do for a group that is gone', async () => {
  await endProcessGroup(2 ** 22 - 1);
});
