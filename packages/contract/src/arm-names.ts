/** Names of the arms, without a schema. */

/**
 * Retrieval arms: the ways in which something is found, each said in the reasons of a hit. `aspects` is meaning too: of the parts of a
 * question by themselves.
 */
export const arms = [
  'words',
  'neighbours',
  'meaning',
  'aspects',
  'speaker',
  'time',
  'recency',
  'entity',
  'standing',
  'answer',
] as const;
