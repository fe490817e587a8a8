/** Finds the sessions of an agent that begin alike. Nothing more is stored: who goes on from whom is read from what was said. */
export const lineageIndex = `
CREATE INDEX conversation_beginning ON conversation(source, flags_json ->> '$.beginning')
  WHERE flags_json ->> '$.beginning' IS NOT NULL;
`;
