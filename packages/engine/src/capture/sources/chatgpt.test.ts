import { describe, expect, it } from 'vitest';
import type { CanonicalConversation, Reading } from '../canonical.ts';
import { readChatGptConversation } from './chatgpt.ts';

interface Node {
  readonly parent?: string | null;
  readonly children?: string[];
  readonly message?: Record<string, unknown> | null;
}

const context = { titles: new Map(), accountHash: 'account', assetIds: new Set(['file_here']) };
const read = (mapping: Record<string, Node>, rest: object = {}): Reading =>
  readChatGptConversation({ id: 'c', mapping, ...rest }, context);

function conversationOf(reading: Reading): CanonicalConversation {
  if (reading.outcome !== 'conversation') throw new Error(reading.issue.detail);
  return reading.conversation;
}

const said = (role: string, content: unknown, rest: object = {}) => ({ author: { role }, content, ...rest });
const text = (...parts: unknown[]) => ({ content_type: 'text', parts });
/** The parts one message is turned into. */
const partsOf = (message: Record<string, unknown>) =>
  conversationOf(read({ m: { parent: null, message } })).messages[0]?.parts;

describe('the tree of a ChatGPT conversation', () => {
  const branched = {
    a2: { parent: 'u', message: said('assistant', text('second'), { create_time: 1 }) },
    root: { parent: null, message: null, children: ['u'] },
    u: { parent: 'root', message: said('user', text('ask'), { create_time: 9 }), children: ['a1', 'a2'] },
    a1: { parent: 'u', message: said('assistant', text('first'), { create_time: 2 }) },
  };

  it('follows parents, orders siblings by children, and never by time', () => {
    const conversation = conversationOf(read(branched, { current_node: 'a2' }));
    expect(conversation.messages.map((message) => [message.key, message.parentKey, message.siblingIx])).toEqual([
      ['u', null, 0],
      ['a1', 'u', 0],
      ['a2', 'u', 1],
    ]);
    expect(conversation.messages.map((message) => message.onActivePath)).toEqual([true, false, true]);
    expect(conversation.branchPoints).toBe(1);
  });

  it('takes the newest leaf where the one shown is not named, or not there', () => {
    expect(conversationOf(read(branched)).activeLeafKey).toBe('a1');
    expect(conversationOf(read(branched, { current_node: 'gone' })).activeLeafKey).toBe('a1');
  });

  it('takes the nearest message above an empty node that is shown', () => {
    const mapping = { u: { parent: null, message: said('user', text('x')) }, end: { parent: 'u', message: null } };
    expect(conversationOf(read(mapping, { current_node: 'end' })).activeLeafKey).toBe('u');
  });

  it('keeps orphans and circles, and says so', () => {
    const reading = read({
      o: { parent: 'gone', message: said('user', text('orphan')) },
      x: { parent: 'y', message: said('user', text('1')) },
      y: { parent: 'x', message: said('assistant', text('2')) },
    });
    expect(conversationOf(reading).messages).toHaveLength(3);
    expect(
      reading.outcome === 'conversation' && reading.issues.map((issue) => [issue.severity, issue.code, issue.path]),
    ).toEqual([
      ['degraded', 'parent_missing', 'mapping/o'],
      ['degraded', 'parent_cycle', 'mapping/x'],
    ]);
  });

  it('takes __proto__ as a key like any other', () => {
    const value = JSON.parse(
      '{"id":"p","mapping":{"__proto__":{"parent":null,"message":{"author":{"role":"user"},"content":{"content_type":"text","parts":["hi"]},"metadata":{"__proto__":{"polluted":true}}}}}}',
    );
    const conversation = conversationOf(readChatGptConversation(value, context));
    expect(conversation.messages.map((message) => message.key)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('says which conversation has no messages to read', () => {
    const reading = readChatGptConversation({ conversation_id: 'c1', title: 'Broken' }, context);
    expect(reading).toMatchObject({
      outcome: 'skipped',
      externalId: 'c1',
      title: 'Broken',
      issue: { code: 'conversation_malformed' },
    });
  });
});

describe('who wrote a message, and whether it is shown', () => {
  const one = (message: Record<string, unknown>) => conversationOf(read({ m: { parent: null, message } })).messages[0];

  it.each([
    [said('user', text('x')), 'user', 'human'],
    [said('assistant', text('x')), 'assistant', 'model'],
    [said('tool', text('x')), 'tool', 'tool'],
    [said('system', text('x')), 'system', 'runtime'],
    [said('critic', text('x')), 'system', 'runtime'],
    [said('user', { content_type: 'user_editable_context', user_profile: 'p' }), 'user', 'context'],
    [said('user', text('x'), { metadata: { is_user_system_message: true } }), 'user', 'context'],
  ])('%j is %s, %s', (message, role, authorKind) => {
    expect(one(message)).toMatchObject({ role, authorKind });
  });

  it.each([
    [{ is_visually_hidden_from_conversation: true }, 'visually_hidden'],
    [{ is_visually_hidden: true }, 'visually_hidden'],
    [{ is_user_system_message: true }, 'user_system_message'],
    [{}, null],
  ])('%j hides it because: %s', (metadata, hiddenReason) => {
    expect(one(said('user', text('x'), { metadata, weight: 0 }))).toMatchObject({
      hidden: hiddenReason !== null,
      hiddenReason,
    });
  });
});

describe('the parts of a message', () => {
  it('keeps the order of text, images and sounds, and passes over nothing', () => {
    const image = { content_type: 'image_asset_pointer', asset_pointer: 'sediment://file_here?x=1', size_bytes: 7 };
    const sound = { content_type: 'audio_asset_pointer', asset_pointer: 'sediment://file_gone', format: 'wav' };
    const words = { content_type: 'audio_transcription', text: 'spoken' };
    const parts = partsOf(
      said(
        'user',
        { content_type: 'multimodal_text', parts: ['look', image, null, words, sound, ''] },
        {
          metadata: {
            attachments: [
              { id: 'file_here', name: 'a.png', mime_type: 'image/png' },
              { id: 'doc', name: 'b.txt', size: 3 },
            ],
          },
        },
      ),
    );
    expect(parts?.map((part) => [part.kind, part.text, part.attachment?.externalId, part.attachment?.status])).toEqual([
      ['text', 'look', undefined, undefined],
      ['image', null, 'file_here', 'skipped'],
      ['text', 'spoken', undefined, undefined],
      ['audio', null, 'file_gone', 'missing'],
      ['file', null, 'doc', 'missing'],
    ]);
    expect(parts?.[1]?.attachment).toMatchObject({ name: 'a.png', mime: 'image/png', size: 7 });
  });

  it.each([
    [
      said('assistant', { content_type: 'code', language: 'python', text: '1' }, { recipient: 'python' }),
      { kind: 'tool_call', text: '1', toolName: 'python', language: 'python' },
    ],
    [
      said('assistant', { content_type: 'code', language: 'unknown', text: '1' }, { recipient: 'all' }),
      { kind: 'code', text: '1' },
    ],
    [
      said('assistant', text('{"q":1}'), { recipient: 'a8km123' }),
      { kind: 'tool_call', text: '{"q":1}', toolName: 'a8km123' },
    ],
    [said('tool', { content_type: 'execution_output', text: '2' }), { kind: 'tool_result', text: '2' }],
    [said('tool', { content_type: 'system_error', text: 'no' }), { kind: 'error', text: 'no' }],
    [
      said('tool', { content_type: 'tether_quote', text: 'q', url: 'https://e.org', title: 'E' }),
      {
        kind: 'source',
        text: 'q',
        citations: [{ start: null, end: null, url: 'https://e.org', title: 'E', snippet: null }],
      },
    ],
    [
      said('assistant', { content_type: 'thoughts', thoughts: [{ summary: 'S', content: 'C' }] }),
      { kind: 'reasoning', text: 'S\n\nC' },
    ],
    [said('assistant', { content_type: 'reasoning_recap', content: '8s' }), { kind: 'reasoning', text: '8s' }],
    [
      said('user', { content_type: 'user_editable_context', user_profile: 'P', user_instructions: '' }),
      { kind: 'context', text: 'P', toolName: 'user_profile' },
    ],
    [
      said(
        'assistant',
        { content_type: 'code', text: '{"name":"n","type":"code/python","content":"print()"}' },
        { recipient: 'canmore.create_textdoc' },
      ),
      {
        kind: 'artifact',
        text: 'print()',
        toolName: 'canmore.create_textdoc',
        language: 'python',
        json: '{"name":"n","type":"code/python"}',
      },
    ],
  ])('%j', (message, part) => {
    expect(partsOf(message)).toEqual([part]);
  });

  it('keeps what it does not know, and says so', () => {
    const reading = read({ m: { parent: null, message: said('assistant', { content_type: 'hologram', beam: [1] }) } });
    expect(conversationOf(reading).messages[0]?.parts).toEqual([
      { kind: 'raw', text: null, json: '{"content_type":"hologram","beam":[1]}' },
    ]);
    expect(reading).toMatchObject({ issues: [{ severity: 'degraded', code: 'content_unknown' }] });
  });

  it('replaces half a surrogate pair', () => {
    expect(partsOf(said('user', text('broken \ud83d half')))).toEqual([{ kind: 'text', text: 'broken \ufffd half' }]);
  });
});

describe('what a conversation says of itself', () => {
  it('tells a project from a custom GPT', () => {
    expect(conversationOf(read({}, { gizmo_id: 'g-p-1', gizmo_type: 'snorlax' }))).toMatchObject({
      projectId: 'g-p-1',
      assistantId: null,
    });
    expect(conversationOf(read({}, { gizmo_id: 'g-1' }))).toMatchObject({ projectId: null, assistantId: 'g-1' });
  });

  it.each([
    [1_700_000_000.5, 1_700_000_000_500],
    [1_700_000_000_500, 1_700_000_000_500],
    ['1700000000', 1_700_000_000_000],
    ['2023-11-14T22:13:20Z', 1_700_000_000_000],
    ['2023-11-15T06:13:20.000123+08:00', 1_700_000_000_000],
    ['2023-11-14 22:13:20', 1_700_000_000_000],
    [{ $date: { $numberLong: '1700000000000' } }, 1_700_000_000_000],
    [0, null],
    [null, null],
    ['yesterday', null],
    [1e300, null],
  ])('reads the time %j', (raw, ms) => {
    expect(conversationOf(read({}, { create_time: raw })).created.ms).toBe(ms);
  });
});
