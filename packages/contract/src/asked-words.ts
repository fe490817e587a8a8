/** Kinds of what is asked for, as plain words: for who needs no schema. */

export const askedKinds = [
  'context',
  'search',
  'conversation',
  'conversations',
  'profile',
  'subjects',
  'memories',
  'bundle',
  'file',
  'other',
  'remember',
  'change',
  'forget',
  'save',
] as const;
