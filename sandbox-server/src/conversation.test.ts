import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Conversation } from './conversation.ts';

const directory = mkdtempSync(join(tmpdir(), 'sandgate-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
let files = 0;
const newFile = () => join(directory, `${++files}.jsonl`);
const contentsOf = ({ messages }: Conversation) => messages.map(({ content }) => content);
const limit = 256 * 1024;

describe('Conversation', () => {
  test('outlives a start', () => {
    const file = newFile();
    const before = new Conversation(file);
    before.add('user', ['one', 'two']);
    before.add('assistant', ['three']);
    const after = new Conversation(file);
    after.add('user', ['four']);
    expect(contentsOf(new Conversation(file))).toEqual(['one', 'two', 'three', 'four']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('a line that was cut off costs no other', () => {
    const file = newFile();
    writeFileSync(file, '{"role":"user","content":"whole"}\n{"role":"user","con');
    new Conversation(file).add('user', ['next']);
    expect(contentsOf(new Conversation(file))).toEqual(['whole', 'next']);
  });

  test('what could not be written comes with what can', () => {
    const file = newFile();
    const conversation = new Conversation(file);
    conversation.add('user', ['one']);
    rmSync(file);
    mkdirSync(file); // Where nobody can write, as on a full disk.
    expect(() => conversation.add('user', ['two'])).toThrow();
    rmSync(file, { recursive: true });
    conversation.add('user', ['three']);
    expect(contentsOf(new Conversation(file))).toEqual(['one', 'two', 'three']);
  });

  test('keeps the newest 256 KiB, and a file of twice as much at most', () => {
    const file = newFile();
    const conversation = new Conversation(file);
    for (let i = 0; i < 500; i++) {
      conversation.add('user', [`${i} ${'é'.repeat(2_000)}`]);
      expect(statSync(file).size).toBeLessThanOrEqual(2 * limit);
    }
    const kept = contentsOf(conversation);
    expect(kept.at(-1)).toMatch(/^499 /);
    expect(kept.length).toBeGreaterThan(50);
    expect(Buffer.byteLength(JSON.stringify(conversation.messages))).toBeLessThan(limit);
    expect(contentsOf(new Conversation(file)).slice(-kept.length)).toEqual(kept);
  });

  test.each([
    ['plain', 'x'],
    ['that JSON makes six times as long', '\u0001'],
  ])('keeps the beginning and the end of a long message, %s', (_, character) => {
    const file = newFile();
    const conversation = new Conversation(file);
    conversation.add('user', [`begin${character.repeat(1_000_000)}end`]);
    expect(contentsOf(conversation)).toEqual([expect.stringMatching(/^begin[\s\S]*characters left out[\s\S]*end$/)]);
    expect(readFileSync(file).length).toBeLessThan(limit);
  });
});
