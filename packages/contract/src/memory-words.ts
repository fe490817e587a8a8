/** The words memories are told apart by, without schemas: what a page needs before it validates anything. */
export const memoryKinds = [
  'fact',
  'preference',
  'instruction',
  'goal',
  'event',
  'relation',
  'decision',
  'open_question',
  'entity',
] as const;
export type MemoryKind = (typeof memoryKinds)[number];

/** `imported`: an export says it. `stated`: the person wrote it here, or had an application write it: the label says which. `rule`, `model`: found in what was said. */
export const memoryOrigins = ['imported', 'stated', 'rule', 'model'] as const;
export type MemoryOrigin = (typeof memoryOrigins)[number];

/**
 * `candidate`: found, and not sure enough to be told before the person confirms it. `resolved`: a question that is no longer open.
 * What is forgotten has no state: it is gone.
 */
export const memoryStates = ['active', 'candidate', 'archived', 'superseded', 'resolved'] as const;
export type MemoryState = (typeof memoryStates)[number];
