import { type FileEntry, gatewayRoutes, type Turn } from '@sandgate/api-spec';
import { describe, expect, inject, it } from 'vitest';
import { call, chat, createSession, expectCall, only, readAll, script } from './door.ts';

const door = { url: inject('url'), apiKey: inject('apiKey') };

describe('a large output', () => {
  it('is cut in the log, and whole in a file', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const response = await chat(door, sessionId, script('seq 1 200000'));
    const turnId = response.headers.get('location')?.split('/').at(-1) ?? '';
    const [result] = only(await readAll(response), 'tool.result');
    expect(result).toMatchObject({ isError: false, exitCode: 0, truncated: true });
    expect(result?.output.length).toBeLessThan(70_000);
    expect(result?.output).toMatch(/^1\n2\n[\s\S]*characters left out[\s\S]*\n200000\n$/);
    const path = result?.file ?? '';
    const { response: file } = await call(door, gatewayRoutes.readFile, { params: { sessionId, path } });
    expect(file.status).toBe(200);
    const whole = Array.from({ length: 200_000 }, (_, n) => `${n + 1}\n`).join('');
    expect((await file.text()) === whole).toBe(true);
    const turn = await expectCall<Turn>(door, 200, gatewayRoutes.getTurn, { params: { sessionId, turnId } });
    expect(turn.outputText?.length).toBeLessThan(70_000);
  });

  it('does not fill the disk, however often there is one', async () => {
    const { id: sessionId } = await createSession(door, { permissionMode: 'bypass' });
    const params = { sessionId };
    const files: string[] = [];
    for (const _ of [1, 2]) {
      const messages = Array.from({ length: 10 }, () => ({ role: 'user', content: 'seq 1 20000' }));
      const results = only(await readAll(await chat(door, sessionId, { messages })), 'tool.result');
      files.push(...results.map(({ file }) => file ?? ''));
    }
    const { data } = await expectCall<{ data: FileEntry[] }>(door, 200, gatewayRoutes.listFiles, {
      params,
      query: { path: '.sandgate/output' },
    });
    expect(data.map(({ path }) => path).toSorted()).toEqual(files.slice(-16).toSorted());
  });
});
