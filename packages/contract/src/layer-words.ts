/** What the layers of a context are called, without schemas: what a page needs before it validates anything. */
export const layerNames = ['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7'] as const;

/** What each layer holds, as a person reads it: the headings of a context, and the English of its pages. */
export const layerTitles = {
  L0: 'Identity',
  L1: 'Preferences',
  L2: 'Topics',
  L3: 'People and things',
  L4: 'Conversation so far',
  L5: 'From your history',
  L6: 'Recent messages',
  L7: 'Message',
} as const satisfies Record<(typeof layerNames)[number], string>;
