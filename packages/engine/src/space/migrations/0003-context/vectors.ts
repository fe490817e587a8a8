/** Vectors of a space from before are of other pieces: every conversation is embedded anew, in the background. */
export const vectorsAgain = `
INSERT INTO outbox (kind, conversation_pk, at_ms)
SELECT 'embed', pk, 0 FROM conversation WHERE EXISTS (SELECT 1 FROM embedding)
ON CONFLICT (kind, conversation_pk) DO NOTHING;
`;
