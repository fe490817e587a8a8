import { sources } from '@vivim/contract/conversation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soundness } from '../../../../test/kit/soundness.ts';
import { noContext } from './canonical.ts';
import { readRecord } from './read-record.ts';

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value) ?? 'null');

const anything = fc.jsonValue({ maxDepth: 4 });
/** Values under the keys sources look at, so that a random value gets past the first question. */
const suggestive = (keys: readonly string[], depth: number): fc.Arbitrary<unknown> =>
  depth === 0
    ? anything
    : fc.oneof(
        { weight: 1, arbitrary: anything },
        { weight: 4, arbitrary: fc.dictionary(fc.constantFrom(...keys), suggestive(keys, depth - 1), { maxKeys: 8 }) },
        { weight: 2, arbitrary: fc.array(suggestive(keys, depth - 1), { maxLength: 4 }) },
      );

const lookedAt = {
  chatgpt: [
    'mapping',
    'a',
    'b',
    'parent',
    'children',
    'message',
    'author',
    'role',
    'content',
    'content_type',
    'parts',
    'text',
    'metadata',
    'content_references',
    'citations',
    'attachments',
    'current_node',
    'recipient',
    'create_time',
    'thoughts',
    'asset_pointer',
  ],
  claude: [
    'chat_messages',
    'uuid',
    'parent_message_uuid',
    'sender',
    'content',
    'type',
    'text',
    'thinking',
    'input',
    'name',
    'citations',
    'attachments',
    'files',
    'created_at',
    'current_leaf_message_uuid',
  ],
  generic: ['messages', 'externalId', 'parentId', 'role', 'author', 'createdAt', 'content', 'title'],
} as const;

const classic = ['chatgpt', 'claude', 'generic'] as const;

describe.each(classic)('%s', (source) => {
  it('makes something sound of any JSON, and never throws', () => {
    fc.assert(
      fc.property(suggestive(lookedAt[source], 4), (value) => soundness(readRecord(source, bytesOf(value), noContext))),
      { numRuns: 100 },
    );
  });

  it('makes something sound of any list of messages', () => {
    const messages = fc.array(suggestive(lookedAt[source], 3), { maxLength: 8 });
    fc.assert(
      fc.property(messages, fc.array(fc.nat(9)), (list, parents) => {
        const mapping = Object.fromEntries(
          list.map((message, ix) => [`n${ix}`, { parent: `n${parents[ix] ?? ''}`, message, children: [] }]),
        );
        const value = { mapping, chat_messages: list, messages: list, current_node: 'n0' };
        const reading = readRecord(source, bytesOf(value), noContext);
        soundness(reading);
        expect(reading.outcome).toBe('conversation');
        if (reading.outcome === 'conversation' && source !== 'chatgpt') {
          expect(reading.conversation.messages).toHaveLength(list.length);
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe.each(sources)('%s', (source) => {
  it('says what is wrong with bytes that are no JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        soundness(readRecord(source, Buffer.from(bytes), noContext));
      }),
    );
  });
});

describe('a conversation without an id', () => {
  const conversation = (text: string, createdAt: string) =>
    bytesOf({
      title: 'Untitled',
      createdAt,
      messages: [
        { role: 'user', content: text },
        { role: 'assistant', content: 'Yes.' },
      ],
    });
  const keyOf = (bytes: Buffer) => {
    const reading = readRecord('generic', bytes, noContext);
    return reading.outcome === 'conversation' ? reading.conversation.key : null;
  };

  it('is known by how it begins', () => {
    const key = keyOf(conversation('Hello', '2026-01-01T00:00:00Z'));
    expect(keyOf(conversation('Hello', '2026-01-01T00:00:00Z'))).toBe(key);
    expect(keyOf(conversation('Hullo', '2026-01-01T00:00:00Z'))).not.toBe(key);
    expect(keyOf(conversation('Hello', '2026-01-02T00:00:00Z'))).not.toBe(key);
  });
});
