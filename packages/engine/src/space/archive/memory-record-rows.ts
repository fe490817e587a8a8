/** Memories, projects, ratings and their records as rows of an archive's files; see `record-reader.ts`. Only SQL and shapes. */

export const memoryHeads = {
  'sidecar-records.jsonl': `
    SELECT s.pk, r.id AS import, s.source, s.account_hash AS accountHash, s.slot, s.sha256, s.first_ms AS firstMs, s.as_of_ms AS asOfMs, s.size,
      s.bytes_zstd AS zstd
    FROM sidecar_record s LEFT JOIN import_run r ON r.pk = s.run_pk WHERE s.pk > ? ORDER BY s.pk LIMIT 1`,
  'projects.jsonl': `
    SELECT p.pk, p.id, p.source, p.account_hash AS accountHash, p.external_id AS externalId, p.name, p.description,
      p.instructions, p.created_ms AS createdMs, p.updated_ms AS updatedMs, s.slot AS recordSlot, s.sha256 AS recordSha,
      p.version
    FROM project p LEFT JOIN sidecar_record s ON s.pk = p.record_pk WHERE p.pk > ? ORDER BY p.pk LIMIT 1`,
  'feedback.jsonl': `
    SELECT f.pk, f.id, f.source, f.conversation_key AS conversation, f.message_key AS message, f.rating, f.comment,
      f.at_ms AS atMs, s.slot AS recordSlot, s.sha256 AS recordSha, f.version
    FROM feedback f LEFT JOIN sidecar_record s ON s.pk = f.record_pk WHERE f.pk > ? ORDER BY f.pk LIMIT 1`,
  'memories.jsonl': `
    SELECT m.pk, m.id, m.kind, m.text, m.origin, m.source, m.account_hash AS accountHash, m.what, m.slot,
      m.project_id AS project, m.state, m.pinned, m.confidence, m.learnt_ms AS learntMs, m.valid_from_ms AS validFromMs,
      m.valid_to_ms AS validToMs, m.changed_ms AS changedMs,
      (SELECT o.id FROM memory o WHERE o.pk = m.supersedes_pk) AS supersedes, m.name, m.aliases_json AS aliases,
      m.scopes_json AS scopes, m.attribute, m.value, m.applies, m.settled_ms AS settledMs, m.review_ms AS reviewMs,
      m.review_days AS reviewDays
    FROM memory m WHERE m.pk > ? ORDER BY m.pk LIMIT 1`,
} as const;

export const documentsOf = `
  SELECT id, external_id AS externalId, name, text, created_ms AS createdMs, version FROM project_document
  WHERE project_pk = ? ORDER BY id`;
export const evidenceOf = `
  SELECT m.id AS message, s.slot AS recordSlot, s.sha256 AS recordSha, e.place, e.start_ix AS start, e.end_ix AS "end",
    e.at_ms AS atMs, e.weight, e.finder, e.held_from_ms AS heldFromMs, e.held_to_ms AS heldToMs
  FROM memory_evidence e LEFT JOIN message m ON m.pk = e.message_pk LEFT JOIN sidecar_record s ON s.pk = e.record_pk
  WHERE e.memory_pk = ? ORDER BY e.message_pk, e.record_pk, e.place, e.start_ix`;

/** Each link of a memory, from either end. */
export const memoryLinksOf = `
  SELECT l.as_ AS "as", f.id AS "from", t.id AS "to" FROM (
    SELECT 'related' AS as_, memory_pk AS from_pk, other_pk AS to_pk FROM memory_relation WHERE ? IN (memory_pk, other_pk)
    UNION ALL SELECT 'merged', pk, merged_pk FROM memory WHERE merged_pk IS NOT NULL AND ? IN (pk, merged_pk)
    UNION ALL SELECT 'supersedes', pk, supersedes_pk FROM memory WHERE supersedes_pk IS NOT NULL AND ? IN (pk, supersedes_pk)
  ) l JOIN memory f ON f.pk = l.from_pk JOIN memory t ON t.pk = l.to_pk ORDER BY l.as_, f.id, t.id`;

type Row = Record<string, unknown>;

/** A record by its names, not by its row. */
export const withRecord = ({ recordSlot, recordSha, ...row }: Row): Row => ({
  ...row,
  record: recordSlot === null ? null : { slot: recordSlot, sha256: recordSha },
});
