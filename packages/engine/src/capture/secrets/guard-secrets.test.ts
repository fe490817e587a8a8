/** What becomes of secrets in a conversation: masked ones are nowhere in it, the others are told where they stand. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CanonicalAttachment, type CanonicalConversation, noContext } from '../canonical.ts';
import { readRecord } from '../read-record.ts';
import { guardSecrets } from './guard-secrets.ts';

const a = 'ghp_aZ3kQ9xW7bT5mR1cV8nP6dL4aZ3kQ9xW7bT5';
const b = '4111 1111 1111 1111';

function conversation(...texts: string[]): CanonicalConversation {
  const messages = texts.map((content, ix) => ({ externalId: `m${ix}`, role: 'user', content }));
  const reading = readRecord(
    'generic',
    Buffer.from(JSON.stringify({ externalId: 'c', title: `About ${texts[0]}`, messages })),
    noContext,
  );
  if (reading.outcome !== 'conversation') throw new Error('no conversation');
  return reading.conversation;
}
const textOf = (one: CanonicalConversation, ix: number): string => one.messages[ix]?.parts[0]?.text ?? '';

it('tells where what stays stands', () => {
  const said = conversation(`key ${a} card ${b}`, 'nothing', `again ${a}`);
  const { places, masked, conversation: left } = guardSecrets(said, () => false);
  expect(left).toEqual({ ...said, title: 'About key [GitHub token masked] card [payment card masked]' });
  expect(masked).toBe(0);
  expect(places.map(({ message, part, label }) => [message, part, label])).toEqual([
    [0, 0, 'GitHub token'],
    [0, 0, 'payment card'],
    [2, 0, 'GitHub token'],
  ]);
  for (const { message, start, end, secret } of places)
    expect(textOf(said, message).slice(start ?? 0, end ?? 0)).toBe(secret);
});

it.each([() => true, () => false])('lets no title hold one, nor the beginning of one where it was cut', (isMasked) => {
  const text = `The ostrich service lives in Oslo, its password is ${a}`;
  for (let length = text.length - a.length + 6; length < text.length; length += 1) {
    const said = { ...conversation(text), title: `${text.slice(0, length)}…` };
    expect(guardSecrets(said, isMasked).conversation.title).toBe(
      'The ostrich service lives in Oslo, its password is [GitHub token masked]',
    );
  }
  const said = { ...conversation('Nothing here.'), title: `${a} quokka` };
  expect(guardSecrets(said, isMasked).conversation.title).toBe('[GitHub token masked] quokka');
  const plain = { ...conversation(text), title: 'The ostrich service' };
  expect(guardSecrets(plain, isMasked).conversation.title).toBe('The ostrich service');
});

it('masks one and leaves the other, whose place moves along', () => {
  const said = conversation(`key ${a} card ${b}`);
  const { places, masked, conversation: left } = guardSecrets(said, (secret) => secret === a);
  expect(JSON.stringify(left)).not.toContain(a);
  expect(textOf(left, 0)).toBe(`key [GitHub token masked] card ${b}`);
  expect(left.title).toContain('[GitHub token masked]');
  expect(masked).toBe(2);
  expect(places.map(({ start, end }) => textOf(left, 0).slice(start ?? 0, end ?? 0))).toEqual([b]);
});

it('masking all leaves none, and masking again changes nothing', () => {
  const piece = fc.oneof(fc.constantFrom(a, b, ` ${a}`, `\n${b}\n`), fc.string({ maxLength: 30 }));
  fc.assert(
    fc.property(
      fc.array(
        fc.array(piece, { maxLength: 5 }).map((parts) => parts.join(' ')),
        { minLength: 1, maxLength: 4 },
      ),
      (texts) => {
        const once = guardSecrets(conversation(...texts), () => true);
        expect(once.places).toEqual([]);
        const twice = guardSecrets(once.conversation, () => true);
        expect(twice).toMatchObject({ places: [], masked: 0 });
        expect(twice.conversation).toBe(once.conversation);
      },
    ),
  );
});

it.each([true, false])('lets no name of a file hold one, whatever the rule is (masked: %s)', (rule) => {
  const plain = conversation('See the file.');
  const [message] = plain.messages;
  if (message === undefined) throw new Error('no message');
  const attachment: CanonicalAttachment = {
    externalId: 'f',
    name: `dump ${a}.txt`,
    mime: null,
    size: null,
    status: 'missing',
    textExtract: null,
  };
  const said: CanonicalConversation = {
    ...plain,
    messages: [{ ...message, parts: [{ kind: 'file', text: null, attachment }] }],
  };
  const { conversation: left, masked, places } = guardSecrets(said, () => rule);
  expect(left.messages[0]?.parts[0]?.attachment?.name).toBe('dump [GitHub token masked].txt');
  expect([masked, places.length]).toEqual(rule ? [1, 0] : [0, 1]);
});
