/** The log VS Code keeps a chat in since 2026: replayed to what stood at the end, with what was taken out as a branch. */
import { describe, expect, it } from 'vitest';
import { jsonLinesOf, readFile } from '../../../../../test/kit/source-files.ts';
import { replayed } from './vscode-log.ts';

const request = (id: string, text: string, answer: string) => ({
  requestId: id,
  timestamp: 1_767_323_045_000,
  message: { text, parts: [] },
  response: [{ value: answer }],
  responseId: `${id}-a`,
});
const whole = { kind: 0, v: { version: 3, sessionId: 's', responderUsername: 'GitHub Copilot', requests: [] } };

async function read(...lines: unknown[]) {
  const { source, readings } = await readFile(jsonLinesOf(...lines));
  const [reading] = readings;
  if (reading?.outcome !== 'conversation') throw new Error('It was not read.');
  const { title, messages, branchPoints } = reading.conversation;
  return {
    source,
    title,
    branchPoints,
    said: messages.map(({ parts, onActivePath }) => `${onActivePath ? '' : '(off) '}${parts[0]?.text}`),
    issues: reading.issues.map(({ code }) => code),
  };
}

describe('a chat kept as a log', () => {
  it('is what it was changed to', async () => {
    expect(
      await read(
        whole,
        { kind: 1, k: ['customTitle'], v: 'Herons' },
        { kind: 2, k: ['requests'], v: [request('r1', 'Where?', 'In')] },
        { kind: 2, k: ['requests', 0, 'response'], i: 0, v: [{ value: 'In water.' }] },
        { kind: 3, k: ['hasPendingEdits'] },
      ),
    ).toEqual({
      source: 'vscode-copilot',
      title: 'Herons',
      branchPoints: 0,
      said: ['Where?', 'In water.'],
      issues: [],
    });
  });

  it('keeps prompts that were taken back, off the branch that is shown', async () => {
    const lines = [
      whole,
      { kind: 2, k: ['requests'], v: [request('r1', 'Where?', 'In water.'), request('r2', 'Why?', 'Fish.')] },
      { kind: 2, k: ['requests'], i: 1, v: [request('r3', 'Since when?', 'Long.')] },
    ];
    expect(await read(...lines)).toMatchObject({
      branchPoints: 1,
      said: ['Where?', 'In water.', '(off) Why?', '(off) Fish.', 'Since when?', 'Long.'],
    });
  });

  it('that was written anew as a whole is that', async () => {
    const later = { kind: 0, v: { ...whole.v, requests: [request('r1', 'Where?', 'In water.')] } };
    expect(await read(later)).toMatchObject({ said: ['Where?', 'In water.'] });
  });

  it('comes in around lines that fit nothing, and says so', async () => {
    expect(
      await read(whole, { kind: 2, k: ['requests'], v: [request('r1', 'Where?', 'In water.')] }, { kind: 9 }, 'x', {
        kind: 1,
        k: ['requests', 7, 'vote'],
        v: 1,
      }),
    ).toMatchObject({ said: ['Where?', 'In water.'], issues: ['rows_not_read'] });
  });

  it('takes no key for more than a key', () => {
    const log = replayed([
      whole,
      { kind: 1, k: ['__proto__', 'polluted'], v: true },
      { kind: 1, k: ['__proto__'], v: {} },
    ]);
    expect(log?.unfit).toBe(1);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });
});
