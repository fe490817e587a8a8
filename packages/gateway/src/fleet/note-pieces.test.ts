/** Notes in pieces: each comes out whole, also where two are sent at once, and an engine that sends without end fills nothing. */
import type { ErasureId, ErasureNote } from '@vivim/contract/erasure';
import { uuidv7 } from '@vivim/contract/random';
import { expect, it } from 'vitest';
import { NotePieces } from './note-pieces.ts';

const noteOf = (marks: string[]): ErasureNote => ({
  id: uuidv7() as ErasureId,
  kind: 'import',
  at: 1,
  items: 1,
  marks,
  allows: null,
});

it('puts each note together with its own marks, in order', () => {
  const pieces = new NotePieces();
  const [hers, his] = [noteOf(['a3']), noteOf(['b2'])];
  pieces.add(hers.id, ['a1']);
  pieces.add(his.id, ['b1']);
  pieces.add(hers.id, ['a2']);
  expect(pieces.whole(hers)).toEqual({ ...hers, marks: ['a1', 'a2', 'a3'] });
  expect(pieces.whole(his)).toEqual({ ...his, marks: ['b1', 'b2'] });
  expect(pieces.whole(noteOf(['c']))).toMatchObject({ marks: ['c'] });
});

it('keeps no note of an engine that sent too much, rather than half of one', () => {
  const pieces = new NotePieces(3);
  const note = noteOf(['4']);
  pieces.add(note.id, ['1', '2']);
  pieces.add(note.id, ['3', '4']);
  expect(() => pieces.whole(note)).toThrow(/more marks/);
  const within = new NotePieces(3);
  for (let round = 0; round < 3; round += 1) {
    within.add(note.id, ['1', '2', '3']);
    expect(within.whole(note).marks).toHaveLength(4);
  }
});
