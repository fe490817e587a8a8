/** What was said when, without reading the messages: an index that answers by itself. */
export const activityIndex = `
CREATE INDEX message_said ON message(created_ms, author_kind) WHERE on_active_path = 1 AND hidden = 0 AND created_ms IS NOT NULL;
`;
