/** What profiles are told apart by, as plain words: for who needs no schema. */

export const profileTrends = ['rising', 'steady', 'falling', 'quiet'] as const;
export type ProfileTrend = (typeof profileTrends)[number];

/** Orders of a list. */
export const profileSorts = ['importance', 'recent', 'messages', 'name'] as const;
export type ProfileSort = (typeof profileSorts)[number];

export const entityTypes = [
  'person',
  'organisation',
  'place',
  'product',
  'tool',
  'project',
  'work',
  'event',
  'unknown',
] as const;
export type EntityType = (typeof entityTypes)[number];
