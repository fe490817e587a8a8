/** What comments say of members is read as it stands, with what is extended and spread in, and nothing of what lies deeper. */
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
   * whole. */
  text: z.string().regex(/[{(]/).describe('} not the end'),
  ...shared,
  inner: z.strictObject({
    /** Of something deeper. */
    deep: z.string(),
  }),
  // A remark { that opens nothing.
  /** In lower case. */
  'if-range': z.string(),
  bare: z.string(),
});
`;
const further = `
export const Longer = Note.extend({
  /** Otherwise than in a note. */
  text: z.string(),
});
export const notOne = 3;
`;

it('reads what is said of members, what is extended and what is spread in', () => {
  const note = { at: 'When it was said.', text: 'Its words, whole.', 'if-range': 'In lower case.' };
  expect(memberWords([source, further])).toEqual({
    Longer: { ...note, text: 'Otherwise than in a note.' },
    Note: note,
  });
  expect(memberWords([])).toEqual({});
});
