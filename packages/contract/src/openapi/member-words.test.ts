/** What comments say of members is read as it stands: of objects in objects, of the kinds of a union, and of what one is built on. */
import { expect, it } from 'vitest';
import { memberWords } from '../../../../scripts/member-words.ts';

const source = `
const shared = {
  /** When it was said. */
  at: z.string(),
};
/** Not of a member. */
export const Note = z.strictObject({
  /** Its words,
   * whole: {@link notOne}. */
  text: z.string().regex(/[{(]/).describe('} not the end'),
  ...shared,
  inner: z
    .array(z.strictObject({
      /** Of something deeper. */
      deep: z.string(),
      at: z.string(),
    }))
    .nullable(),
  // A remark { that opens nothing.
  /** In lower case. */
  'if-range': z.string(),
  /** A name alone. */
  sha256,
  bare: z.literal('x').or(z.string()),
});
`;
const further = `
export const Longer = Note.omit({ inner: true }).extend({
  /** Otherwise than in a note. */
  text: z.string(),
});
const limits = { text: 5, at: 5, bare: 5 };
export const Event = z.discriminatedUnion('type', [
  /** Not of a member either. */
  z.strictObject({ type: z.literal('begun'), /** When it began. */ at: z.string() }),
  z.strictObject({ type: z.literal('over'), /** When it was over. */ at: z.string() }),
  Note,
]);
export const Pair = z.strictObject({ note: Note, text: z.string().max(limits.text) });
export const notOne = 3;
`;
const text = { type: 'string' };
const of = (...members: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(members.map((member) => [member, text])),
});
const kind = (word: string) => ({ properties: { type: { const: word }, at: text } });
const note = of('text', 'at', 'if-range', 'sha256', 'bare');
const deep = { anyOf: [{ type: 'array', items: of('deep', 'at') }, { type: 'null' }] };

it('finds the words of a member by where it is and what stands beside it', () => {
  const said = { text: 'Its words, whole: `notOne`.', at: 'When it was said.', 'if-range': 'In lower case.' };
  expect(
    memberWords([source, further], {
      Note: { properties: { ...note.properties, inner: deep } },
      LongerInput: note,
      Event: { oneOf: [kind('begun'), kind('over'), { $ref: '#/components/schemas/Note' }] },
      Pair: of('note', 'text'),
      Unknown: of('text'),
    }),
  ).toEqual({
    Note: { ...said, sha256: 'A name alone.', 'inner.deep': 'Of something deeper.', 'inner.at': 'When it was said.' },
    Longer: { ...said, sha256: 'A name alone.', text: 'Otherwise than in a note.' },
    Event: { '0|at': 'When it began.', '1|at': 'When it was over.' },
  });
  expect(memberWords([], { Note: note })).toEqual({});
});

it('says nothing of a member of one object because another one has it', () => {
  const both = `export const Both = z.strictObject({ at: z.string(), first: z.strictObject({
    /** Of the first alone. */
    at: z.string(),
  }), second: z.strictObject({ at: z.string() }) });`;
  const printed = { properties: { at: text, first: of('at'), second: of('at') } };
  expect(memberWords([both], { Both: printed })).toEqual({ Both: { 'first.at': 'Of the first alone.' } });
});
