/** What of a message an AI is told: what was said whole or in pieces, what tools answered in a few words, files by name, thoughts not at all. */
import { type Message, Message as MessageSchema } from '@vivim/contract/conversation';
import { describe, expect, it } from 'vitest';
import { fitting, room, toldMessage } from './told-messages.ts';

const id = `m_${'a'.repeat(32)}`;
const part = (index: number, kind: string, text: string | null, more: object = {}) => ({
  ...{ index, kind, text, language: null, mime: null, toolName: null, attachment: null, raw: null },
  ...more,
});
const messageOf = (parts: readonly object[]): Message =>
  MessageSchema.parse({
    ...{ id, conversationId: `c_${'a'.repeat(32)}`, externalId: null, parentId: null, role: 'assistant' },
    ...{ authorName: null, authorKind: 'model', model: 'm', channel: null, status: null, createdAt: null },
    ...{ hidden: false, hiddenReason: null, onActivePath: true, siblings: [id], citations: [], feedback: [], parts },
  });
const attachment = {
  ...{ id: `f_${'a'.repeat(32)}`, name: 'roof.png', mime: 'image/png', size: 12, status: 'present' },
  ...{ stored: true, shownAs: 'image', width: 1, height: 1 },
};
const plain = { offset: 0 };

describe('what is told of a message', () => {
  it('names files, cuts what tools say, and leaves thoughts out', () => {
    const told = toldMessage(
      messageOf([
        part(0, 'reasoning', 'What do they want?'),
        part(1, 'text', 'Here it is.'),
        part(2, 'image', null, { attachment }),
        part(3, 'tool_call', '{"path":"a"}', { toolName: 'read' }),
        part(4, 'tool_result', 'x'.repeat(5_000), { toolName: 'read' }),
        part(5, 'raw', null, { raw: '{}' }),
      ]),
      plain,
    );
    expect(told.text).toBe(
      `Here it is.\n\n[image: roof.png]\n\n[called read] {"path":"a"}\n\n[answer of read] ${'x'.repeat(room.tool)} [cut]`,
    );
    expect(told).toMatchObject({ cutAt: null, characters: told.text.length });
  });

  it('breaks no letter where it is cut, and goes on from there', () => {
    const whole = `${'a'.repeat(room.message - 1)}😀${'b'.repeat(10)}`;
    const message = messageOf([part(0, 'text', whole)]);
    const first = toldMessage(message, plain);
    expect([first.text, first.cutAt, first.characters]).toEqual([
      'a'.repeat(room.message - 1),
      room.message - 1,
      whole.length,
    ]);
    const rest = toldMessage(message, { around: message.id, offset: first.cutAt ?? 0 });
    expect([rest.text, rest.cutAt]).toEqual([`😀${'b'.repeat(10)}`, null]);
    expect(toldMessage(message, { around: message.id, offset: 100_000 }).text).toBe('');
  });

  it('fits as many on a page as have room, one at least where none stands yet', () => {
    const told = toldMessage(messageOf([part(0, 'text', 'a'.repeat(7_000))]), plain);
    expect(fitting([told, told, told, told], 0)).toBe(3);
    expect(fitting([told], room.page)).toBe(0);
    expect(fitting([{ ...told, text: 'a'.repeat(room.page + 1) }, told], 0)).toBe(1);
    expect(fitting([], 0)).toBe(0);
  });
});
