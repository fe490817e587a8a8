import { describe, expect, it } from 'vitest';
import { newCapture } from '../../../../../test/kit/capture.ts';
import { conversationsOf, shortly } from '../../../../../test/kit/source-files.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import { zipOf } from '../../../../../test/kit/zip-builder.ts';
import { noContext } from '../canonical.ts';
import { codex } from './codex.ts';

const read = (...rows: unknown[]) => {
  const reading = codex.read(Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')), noContext);
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  return reading;
};
const row = (type: string, payload: object) => ({ timestamp: '2026-05-18T13:21:30.000Z', type, payload });
const said = (role: string, ...texts: string[]) =>
  row('response_item', {
    type: 'message',
    role,
    content: texts.map((text) => ({ type: role === 'user' ? 'input_text' : 'output_text', text })),
  });
const shape = (reading: ReturnType<typeof read>) =>
  reading.conversation.messages.map(({ role, authorKind, parts }) => [
    role,
    authorKind,
    ...parts.map(({ kind }) => kind),
  ]);

describe('a Codex rollout', () => {
  const meta = row('session_meta', {
    id: 'sess',
    timestamp: '2026-05-18T13:00:00Z',
    cwd: '/app',
    git: { branch: 'dev' },
  });

  it('gathers reasoning and tools into the answer they belong to', () => {
    const reading = read(
      meta,
      row('turn_context', { model: 'gpt-x' }),
      said('user', '<environment_context>cwd</environment_context>', 'List the files'),
      row('response_item', { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Easy.' }] }),
      said('assistant', 'I will.'),
      row('response_item', { type: 'reasoning', summary: [], encrypted_content: 'opaque' }),
      row('response_item', { type: 'function_call', name: 'shell', arguments: '{"cmd":"ls"}', call_id: 'c' }),
      row('response_item', { type: 'function_call_output', call_id: 'c', output: 'a.txt' }),
      row('event_msg', { type: 'agent_message', message: 'I will.' }),
      said('assistant', 'One file.'),
    );
    expect(shape(reading)).toEqual([
      ['user', 'human', 'context', 'text'],
      ['assistant', 'model', 'reasoning', 'text', 'tool_call', 'tool_result'],
      ['assistant', 'model', 'text'],
    ]);
    expect(reading.conversation).toMatchObject({
      externalId: 'sess',
      projectId: '/app',
      defaultModel: 'gpt-x',
      flags: { git_branch: 'dev' },
      created: { raw: '2026-05-18T13:00:00Z' },
    });
    expect(reading.conversation.messages[1]?.parts[2]).toEqual({
      kind: 'tool_call',
      text: '{"cmd":"ls"}',
      toolName: 'shell',
      toolCallId: 'c',
    });
  });

  it('makes an answer of work that none was written for', () => {
    const call = row('response_item', { type: 'function_call', name: 'shell', arguments: '{}', call_id: 'c' });
    expect(shape(read(meta, said('user', 'Go'), call, said('user', 'Stop')))).toEqual([
      ['user', 'human', 'text'],
      ['assistant', 'model', 'tool_call'],
      ['user', 'human', 'text'],
    ]);
  });

  it('takes what events say where there is nothing else', () => {
    const reading = read(
      meta,
      row('event_msg', { type: 'user_message', message: 'Hi' }),
      row('event_msg', { type: 'token_count', info: {} }),
      row('event_msg', { type: 'agent_message', message: 'Hello' }),
    );
    expect(shape(reading)).toEqual([
      ['user', 'human', 'text'],
      ['assistant', 'model', 'text'],
    ]);
  });

  it('is read as older versions wrote it, without an envelope', () => {
    const reading = read(
      { id: 'old', timestamp: '2025-05-01T00:00:00Z', instructions: null },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
      { record_type: 'state' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
    );
    expect(reading.conversation.externalId).toBe('old');
    expect(reading.conversation.messages).toHaveLength(2);
  });

  it('is read as the first version wrote it, as one object', async () => {
    const session = { id: 'first', timestamp: '2025-04-20T10:00:00Z', instructions: '' };
    const items = [
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
      { id: 'r', type: 'reasoning', summary: [], duration_ms: 3 },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello', annotations: [] }] },
    ];
    for (const indent of [0, 2]) {
      const [found] = await conversationsOf(JSON.stringify({ session, items }, null, indent), 'codex');
      expect(found).toMatchObject({ externalId: 'first', created: { ms: Date.parse(session.timestamp) } });
      expect(shortly(found)).toEqual([
        ['user', 'human', 'text: Hi'],
        ['assistant', 'model', 'text: Hello'],
      ]);
    }
  });

  it('says why there is no answer, is called what its person called it, and tells agents from people', () => {
    const reading = read(
      meta,
      said('user', 'Go'),
      row('event_msg', { type: 'error', message: 'You have reached your limit' }),
      row('event_msg', { type: 'thread_name_updated', thread_name: 'Roof' }),
      said('user', '<subagent_notification>{"agent_id":"x"}</subagent_notification>'),
    );
    expect(reading.conversation.title).toBe('Roof');
    expect(reading.issues).toMatchObject([{ code: 'answer_failed', detail: expect.stringContaining('your limit') }]);
    expect(shape(reading).map(([, kind]) => kind)).toEqual(['human', 'runtime']);
  });

  it('is called what the list of sessions beside it says last, however long that list is', async () => {
    const { alice, bob } = twoSpaces();
    const name = (id: string, thread_name: string) =>
      JSON.stringify({ id, thread_name, updated_at: '2026-01-01T00:00:00Z' });
    const others = Array.from({ length: 40 }, (_, ix) => name(`other-${ix}`, `Other ${ix}`));
    const archive = zipOf([
      { name: 'session_index.jsonl', bytes: [name('sess', 'Before'), ...others, name('sess', 'Gutter')].join('\n') },
      {
        name: 'sessions/2026/rollout-a.jsonl',
        bytes: [meta, said('user', 'Hi'), said('assistant', 'Hello')].map((one) => JSON.stringify(one)).join('\n'),
      },
    ]);
    await newCapture(alice).bring({ bytes: archive, name: 'codex.zip' });
    expect(alice.read((r) => r.conversations.page({ limit: 5 })).items.map(({ title }) => title)).toEqual(['Gutter']);
    expect(bob.read((r) => r.counts()).conversations).toBe(0);
  });

  it('has pictures a tool gave as pictures alone, and the answer is known as it was', () => {
    const picture = { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=' };
    const call = row('response_item', { type: 'function_call', name: 'view_image', arguments: '{}', call_id: 'c' });
    const shown = row('response_item', { type: 'function_call_output', call_id: 'c', output: [picture] });
    const [, answer] = read(meta, said('user', 'Look'), call, shown).conversation.messages;
    expect(answer?.parts.map(({ kind, text }) => [kind, text])).toEqual([
      ['tool_call', '{}'],
      ['tool_result', null],
      ['image', null],
    ]);
    expect(answer?.key).toBe('#2dfebf6ddf8d43e5163c759df904e15e');
  });

  it('and a fork of it are two conversations', () => {
    const fork = row('session_meta', { id: 'fork', forked_from_id: 'sess' });
    const one = read(meta, said('user', 'Hi'), said('assistant', 'Hello')).conversation;
    const two = read(fork, said('user', 'Hi'), said('assistant', 'Hello'), said('user', 'And?')).conversation;
    expect(two.flags).toMatchObject({ forked_from: 'sess' });
    expect(two.externalId).not.toBe(one.externalId);
  });
});

describe('a Codex session that went back', () => {
  const meta = row('session_meta', { id: 'sess', timestamp: '2026-05-18T13:21:30.000Z' });

  it('keeps turns that were rolled back as a branch', () => {
    const back = row('event_msg', { type: 'thread_rolled_back', num_turns: 1 });
    const asked = [said('user', 'One'), said('assistant', '1'), said('user', 'Two'), said('assistant', '2')];
    const shown = (...rows: Parameters<typeof read>) =>
      read(...rows).conversation.messages.map(({ parts, onActivePath }) => [parts[0]?.text, onActivePath]);
    expect(shown(meta, ...asked, back, said('user', 'Three'), said('assistant', '3'))).toEqual([
      ['One', true],
      ['1', true],
      ['Two', false],
      ['2', false],
      ['Three', true],
      ['3', true],
    ]);
    expect(shown(meta, ...asked, back).filter(([, on]) => on)).toHaveLength(2);
  });

  it('has pictures that were made, tools that were looked for, and nothing of what is encrypted', () => {
    const item = (payload: object) => row('response_item', payload);
    const reading = read(
      meta,
      said('user', 'Draw'),
      item({ type: 'compaction', encrypted_content: 'gAAA' }),
      item({ type: 'tool_search_call', call_id: 'c', arguments: { query: 'paint' } }),
      item({ type: 'tool_search_output', call_id: 'c', tools: [{ name: 'brush' }] }),
      item({ type: 'image_generation_call', id: 'i', revised_prompt: 'A heron', result: 'iVBORw0KGgo=' }),
      said('assistant', 'There.'),
    );
    expect(shape(reading)).toEqual([
      ['user', 'human', 'text'],
      ['assistant', 'model', 'tool_call', 'tool_result', 'tool_call', 'image', 'text'],
    ]);
    expect(reading.issues).toEqual([]);
  });
});
