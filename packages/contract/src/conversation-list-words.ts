/** What a list of conversations is ordered by and narrowed to, as plain words: for who needs no schema. */

export const conversationSorts = ['latest', 'oldest', 'longest', 'title'] as const;

/** Archived conversations stay out of lists unless they are asked for. */
export const archivedChoices = ['hide', 'only', 'all'] as const;
