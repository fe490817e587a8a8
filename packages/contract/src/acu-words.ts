/** Kinds of units, as plain words: for who needs no schema. */

export const acuTypes = [
  'statement',
  'question',
  'answer',
  'instruction',
  'preference',
  'personal_fact',
  'decision',
  'code',
  'table',
  'list',
  'reasoning',
  'reference',
] as const;
