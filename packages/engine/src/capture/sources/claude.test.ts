import { describe, expect, it } from 'vitest';
import { readFile } from '../../../../../test/kit/source-files.ts';
import { type CanonicalConversation, noContext } from '../canonical.ts';
import { readClaudeConversation } from './claude.ts';

const read = (chat_messages: unknown[], rest: object = {}): CanonicalConversation => {
  const reading = readClaudeConversation({ uuid: 'c', name: 'T', chat_messages, ...rest }, noContext);
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  return reading.conversation;
};
const message = (uuid: string, sender: string, rest: object) => ({ uuid, sender, ...rest });
const text = (words: string) => ({ type: 'text', text: words });

describe('the tree of a Claude conversation', () => {
  it('is the order of the list where no parents are named, whatever the times say', () => {
    const { messages } = read([
      message('b', 'human', { created_at: '2026-01-02T00:00:00Z', content: [text('1')] }),
      message('a', 'assistant', { created_at: '2026-01-01T00:00:00Z', content: [text('2')] }),
    ]);
    expect(messages.map(({ key, parentKey, role, onActivePath }) => [key, parentKey, role, onActivePath])).toEqual([
      ['b', null, 'user', true],
      ['a', 'b', 'assistant', true],
    ]);
  });

  it('is that of the parents where they are named', () => {
    const list = [
      message('u', 'human', { parent_message_uuid: '00000000-0000-4000-8000-000000000000', content: [text('q')] }),
      message('a1', 'assistant', { parent_message_uuid: 'u', content: [text('1')] }),
      message('a2', 'assistant', { parent_message_uuid: 'u', content: [text('2')] }),
    ];
    expect(read(list).messages.map(({ key, siblingIx, onActivePath }) => [key, siblingIx, onActivePath])).toEqual([
      ['u', 0, true],
      ['a1', 0, false],
      ['a2', 1, true],
    ]);
    expect(read(list, { current_leaf_message_uuid: 'a1' }).activeLeafKey).toBe('a1');
  });

  it('of a shared snapshot is that of its index, under the name of the snapshot', () => {
    const shared = read(
      [
        message('b', 'assistant', { index: 1, content: [text('2')] }),
        message('a', 'human', { index: 0, content: [text('1')] }),
      ],
      { name: undefined, snapshot_name: 'Shared' },
    );
    expect(shared).toMatchObject({ title: 'Shared', flags: { is_shared_snapshot: true } });
    expect(shared.messages.map(({ key, parentKey }) => [key, parentKey])).toEqual([
      ['a', null],
      ['b', 'a'],
    ]);
  });

  it('keeps messages that share an id, or have none', () => {
    const list = [message('x', 'human', { text: '1' }), message('x', 'assistant', { text: '2' }), { text: '3' }];
    expect(read(list).messages.map(({ key }) => key)).toEqual(['x', '#1', '#2']);
  });
});

describe('the body of a message', () => {
  const partsOf = (rest: object) => read([message('m', 'assistant', rest)]).messages[0]?.parts;

  it('is its blocks, and its text only where there are none', () => {
    expect(partsOf({ text: 'This block is not supported', content: [text('Real')] })).toEqual([
      { kind: 'text', text: 'Real' },
    ]);
    expect(partsOf({ text: 'Old export' })).toEqual([{ kind: 'text', text: 'Old export' }]);
    expect(partsOf({ text: '', content: [text('')] })).toEqual([]);
  });

  it('keeps thinking, calls, results, artifacts and files apart', () => {
    const parts = partsOf({
      content: [
        { type: 'thinking', thinking: 'Plan.' },
        {
          type: 'tool_use',
          id: 't1',
          name: 'artifacts',
          input: { id: 'h', content: 'old pond', language: 'markdown' },
        },
        { type: 'tool_use', id: null, name: 'web_search', input: { query: 'haiku' } },
        {
          type: 'tool_result',
          tool_use_id: null,
          name: 'web_search',
          content: [{ type: 'knowledge', text: 'A poem', url: 'https://e.org', title: 'E' }],
        },
        { type: 'token_budget' },
        { type: 'hologram', beam: 1 },
        {
          ...text('Done.'),
          citations: [
            { start_index: 0, end_index: 4, details: { url: 'https://e.org' } },
            { start_index: 2, end_index: 99 },
          ],
        },
      ],
      attachments: [{ file_name: '', file_type: 'txt', file_size: 3, extracted_content: 'abc' }],
      files: [{ file_uuid: 'f1', file_name: 'a.png', file_kind: 'image' }],
    });
    expect(parts?.map((part) => [part.kind, part.text])).toEqual([
      ['reasoning', 'Plan.'],
      ['artifact', 'old pond'],
      ['tool_call', '{"query":"haiku"}'],
      ['tool_result', 'A poem'],
      ['raw', null],
      ['text', 'Done.'],
      ['file', 'abc'],
      ['image', null],
    ]);
    expect(parts?.[1]).toMatchObject({ language: 'markdown', toolCallId: 't1' });
    expect(parts?.[5]?.citations?.map(({ start, end }) => [start, end])).toEqual([
      [0, 4],
      [null, null],
    ]);
    expect(parts?.[6]?.attachment).toMatchObject({ name: null, size: 3, status: 'present' });
    expect(parts?.[7]?.attachment).toMatchObject({ externalId: 'f1', status: 'missing' });
  });

  it('is degraded where the blocks are no list', () => {
    const reading = readClaudeConversation(
      { uuid: 'c', chat_messages: [message('m', 'human', { text: 'T', content: 'C' })] },
      noContext,
    );
    expect(reading).toMatchObject({
      issues: [{ severity: 'degraded', code: 'content_malformed', path: 'chat_messages/m' }],
    });
  });
});

describe('what newer exports of Claude hold', () => {
  const partsOf = (rest: object) => {
    const reading = readClaudeConversation({ uuid: 'c', chat_messages: [message('m', 'assistant', rest)] }, noContext);
    if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
    return {
      parts: (reading.conversation.messages[0]?.parts ?? []).map(({ kind, text, attachment }) => [
        kind,
        attachment?.externalId ?? text,
      ]),
      issues: reading.issues.map(({ code }) => code),
    };
  };

  it('the text counts where there are no blocks, and is no placeholder', () => {
    expect(partsOf({ text: 'Words', content: [] })).toEqual({ parts: [['text', 'Words']], issues: [] });
    const placeholder = '```\nThis block is not supported on your current device yet.\n```';
    expect(partsOf({ text: placeholder.replaceAll('`', ''), content: [{ type: 'token_budget' }] }).parts).toEqual([]);
  });

  it('blocks of the interface are known, and what is encrypted holds nothing', () => {
    const content = [
      { type: 'redacted_thinking', data: 'x' },
      { type: 'voice_note', title: 'Note', text: 'Said aloud' },
      { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'herons' } },
      { type: 'web_search_tool_result', tool_use_id: 's', content: [{ type: 'text', text: 'Found' }] },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
    ];
    expect(partsOf({ content })).toEqual({
      parts: [
        ['text', 'Said aloud'],
        ['tool_call', '{"query":"herons"}'],
        ['tool_result', 'Found'],
        ['image', null],
      ],
      issues: [],
    });
  });

  it('a report of research has what it cites, and a picture a tool gave stands once', () => {
    const [cited, given] = [
      { start_index: 2, end_index: 7, title: 'Solar', url: 'https://solar.example', sources: [] },
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
    ];
    const input = { id: 'r', command: 'create', type: 'text/markdown', content: '# Solar', md_citations: [cited] };
    const content = [
      { type: 'tool_use', name: 'artifacts', input },
      { type: 'tool_result', name: 'screenshot', content: [given] },
    ];
    const parts = read([message('m', 'assistant', { content })]).messages[0]?.parts ?? [];
    expect(
      parts.map(({ kind, citations }) => [kind, ...(citations ?? []).map(({ url, start }) => [url, start])]),
    ).toEqual([['artifact', ['https://solar.example', 2]], ['tool_result'], ['image']]);
    expect(parts[1]).not.toHaveProperty('json');
  });

  it('files it made are named, files of both lists come once', () => {
    const made = { type: 'local_resource', name: 'Plan', file_path: '/mnt/user-data/outputs/plan.md' };
    const content = [{ type: 'tool_result', name: 'present_files', content: [made] }];
    const files = [{ file_uuid: 'f1', file_name: 'a.png' }];
    const files_v2 = [...files, { file_uuid: 'f2', file_name: 'b.png', file_kind: 'image' }];
    expect(partsOf({ content, files, files_v2 }).parts).toEqual([
      ['tool_result', 'Plan: /mnt/user-data/outputs/plan.md'],
      ['file', 'f1'],
      ['image', 'f2'],
    ]);
  });
});

describe('the list of links the mail brings', () => {
  const at = 'https://storage.example/conversations-000.zip?signature=x';
  it.each([
    ['a list of files', { export_id: 'e', files: [{ name: 'conversations-000.zip', url: at, size: 100 }] }],
    ['addresses alone', { export: { links: [at, 'https://storage.example/u.json'] } }],
    ['a list', [{ filename: 'users.json', download_url: 'https://storage.example/u' }]],
  ])('as %s is no export, and the refusal says what to do', async (_, manifest) => {
    await expect(readFile(JSON.stringify(manifest))).rejects.toMatchObject({
      code: 'import_format_unknown',
      message: expect.stringContaining('open each address'),
    });
  });

  it('is no other JSON', async () => {
    for (const other of [
      { homepage_url: 'https://example.org' },
      { $schema: 'https://example.org/s.json', url: at },
      [{ url: at, note: 'long words '.repeat(30) }],
    ])
      await expect(readFile(JSON.stringify(other))).rejects.toMatchObject({
        message: expect.not.stringContaining('open each address'),
      });
  });
});
