/** What lies in a folder, told by names; what names do not tell is told apart, and not guessed. */
import { expect, it } from 'vitest';
import { recogniseFiles } from './program-files.ts';

const file = (name: string) => ({ name, size: 10 });

it.each([
  ['-home-alice-work/0b5f3c9e-1111-4222-8333-444455556666.jsonl', 'claude-code'],
  ['0b5f3c9e-1111-4222-8333-444455556666.jsonl', 'claude-code'],
  ['-home-alice/one/subagents/agent-a1b2.jsonl', 'claude-code'],
  ['2026/05/01/rollout-2026-05-01T10-00-00-0b5f.jsonl', 'codex'],
  ['-home/rollout-1.jsonl', 'codex'],
  ['abc/chats/session-1.json', 'gemini-cli'],
  ['globalStorage/state.vscdb', 'cursor'],
  ['1.conversation.json', 'lmstudio'],
  ['logs.db', 'llm'],
  ['work/.aider.chat.history.md', 'aider'],
  ['notes.jsonl', null],
  ['conversations.json', null],
])('%s: %s', (name, source) => {
  expect(recogniseFiles([file(name)])).toMatchObject([{ source, files: 1, bytes: 10 }]);
});

it('counts by program, the most files first, and what is not known last', () => {
  const names = ['a.md', 'b.md', 'c.md', 'logs.db', '-a/1.jsonl', '-a/2.jsonl'];
  expect(recogniseFiles(names.map(file)).map(({ source, files }) => [source, files])).toEqual([
    ['claude-code', 2],
    ['llm', 1],
    [null, 3],
  ]);
});
