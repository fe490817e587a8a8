/** Conversations without a time stood among those of the day they came in; they stand behind all that have one. */
export const undated = `
UPDATE conversation SET sort_ms = sort_ms - 1000000000000000 WHERE created_ms IS NULL AND updated_ms IS NULL;
`;
