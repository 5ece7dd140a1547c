import { expect, it } from 'vitest';
import { asLine, readable } from './log-line.ts';

const line = {
  time: '2026-11-23T12:34:56.789Z',
  level: 'info',
  message: 'request',
  requestId: 'req_1',
  sessionId: 'build-42',
  route: '/v1/sessions/{sessionId}',
  method: 'GET',
  status: 200,
  durationMs: 12,
  phases: { auth: 1, orchestrator: 9 },
};

it('shows a line of the log to a person', () => {
  expect(readable(JSON.stringify(line))).toBe(
    '12:34:56.789 request 200 GET /v1/sessions/{sessionId} 12 ms (auth 1, orchestrator 9) requestId=req_1 sessionId=build-42',
  );
});

it('shows an error with where it was', () => {
  const failed = { ...line, level: 'error', phases: {}, error: 'Error: no', stack: '    at a\n    at b' };
  expect(readable(JSON.stringify(failed))).toMatch(/^12:34:56.789 ERROR request .* Error: no\n {4}at a\n {4}at b$/);
});

it('hands nothing to the terminal that it would act on', () => {
  expect(readable(JSON.stringify({ ...line, sessionId: 'a\u001b[2J\u202eb' }))).toContain(
    'sessionId=a\ufffd[2J\ufffdb',
  );
});

it('makes one line of what is not ours', () => {
  const line = JSON.stringify({ time: '2026-11-23T12:34:56.789Z', level: 'info', message: 'ours' });
  expect(asLine('info', line)).toBe(line);
  for (const text of ['42', '{"a":1}', '{\n  message: "of the SDK"\n}'])
    expect(JSON.parse(asLine('warn', text))).toMatchObject({ level: 'warn', message: text });
});
