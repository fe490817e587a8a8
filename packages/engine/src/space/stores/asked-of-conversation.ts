/** Which records gave something of one conversation: the conditions of the lists of records. Reads by ids, and never a word. */
import { sql } from 'kysely';

/**
 * To stand behind WITH: ids of the conversation, its messages and its units, also those they had before they were cut anew. Empty for null.
 * Once for a statement, however many records it is held against.
 */
export const partsOf = (conversation: unknown) => sql`
  named(pk, id) AS (SELECT pk, id FROM conversation WHERE id = ${conversation}),
  part_of(id) AS MATERIALIZED (
    SELECT id FROM named
    UNION ALL SELECT m.id FROM named JOIN message m ON m.conversation_pk = named.pk
    UNION ALL SELECT a.id FROM named JOIN acu a ON a.conversation_pk = named.pk
    UNION ALL SELECT f.id FROM named JOIN acu a ON a.conversation_pk = named.pk JOIN former_acu f ON f.acu_pk = a.pk)`;

/** Of `asked`. What was written by whom it came names it too, and gave nothing of it. */
export const gave = sql`kind NOT IN ('remember', 'change', 'forget', 'save')
  AND EXISTS (SELECT 1 FROM json_each(given_json) g WHERE g.value IN (SELECT id FROM part_of))`;

/** Of `assembly`, which names the units it gave, a space between them. */
export const contextGave = sql`given_ids <> ''
  AND EXISTS (SELECT 1 FROM json_each('["' || replace(given_ids, ' ', '","') || '"]') g WHERE g.value IN (SELECT id FROM part_of))`;
