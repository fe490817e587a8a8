/** Which version of its source's reader a conversation was last read by. */
export const reparseTables = `
ALTER TABLE conversation ADD COLUMN parser_version INTEGER NOT NULL DEFAULT 1;
`;
