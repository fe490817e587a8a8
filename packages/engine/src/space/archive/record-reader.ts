/**
 * A space read as records of its archive (contract/archive.ts), one at a time, in the order they were made. Works on a copy
 * of a space, or on a database a person gave back whose schema was found to be ours. Row numbers never come out. Writes nothing.
 */
import type { ArchiveFile, ArchiveRecord } from '@vivim/contract/archive';
import { modelPurposes } from '@vivim/contract/model-services';
import type { Connection, PreparedStatement } from '../../sqlite/database.ts';
import { documentsOf, evidenceOf, memoryHeads, memoryLinksOf, withRecord } from './memory-record-rows.ts';

type Row = Record<string, unknown>;

/** Rows of what stands in a file, each with the place it is found again at. */
const heads: Record<ArchiveFile, string> = {
  'imports.jsonl': `
    SELECT pk, id, state, file_name AS fileName, file_bytes AS fileBytes, file_sha256 AS fileSha256,
      asked_source AS askedSource, source, confidence, why, created_ms AS createdMs, started_ms AS startedMs,
      finished_ms AS finishedMs, counts, error_code AS errorCode, error_detail AS errorDetail, same_file_as AS sameFileAs,
      whole_source AS wholeSource, whole_account AS wholeAccount, as_of_ms AS asOfMs,
      takes_files AS takesFiles, parts, begins
    FROM import_run WHERE pk > ? ORDER BY pk LIMIT 1`,
  'import-issues.jsonl': `
    SELECT i.pk, r.id AS import, i.severity, i.code, i.path, i.external_id AS externalId, i.title, i.detail
    FROM import_issue i LEFT JOIN import_run r ON r.pk = i.run_pk WHERE i.pk > ? ORDER BY i.pk LIMIT 1`,
  'raw-records.jsonl': `
    SELECT w.pk, r.id AS import, w.source, w.external_key AS conversation, w.sha256, w.form, w.size, w.bytes_zstd AS zstd
    FROM raw_record w LEFT JOIN import_run r ON r.pk = w.run_pk WHERE w.pk > ? ORDER BY w.pk LIMIT 1`,
  'conversations.jsonl': `
    SELECT c.pk, c.id, c.source, c.account_hash AS accountHash, c.external_id AS externalId, c.title,
      c.title_source AS titleSource, c.created_ms AS createdMs, c.updated_ms AS updatedMs, c.created_raw AS createdRaw,
      c.updated_raw AS updatedRaw, c.sort_ms AS sortMs, c.active_leaf_id AS activeLeafId, c.project_id AS projectId,
      c.assistant_id AS assistantId, c.default_model AS defaultModel, c.flags_json AS flags,
      c.content_hash AS contentHash, c.message_count AS messageCount, f.id AS firstImport, l.id AS lastImport,
      c.last_outcome AS lastOutcome, w.sha256 AS raw, c.deleted_in_source_ms AS deletedInSourceMs, c.seen_as_of_ms AS seenAsOfMs,
      c.conflicts, c.version_rule AS versionRule,
      EXISTS (SELECT 1 FROM outbox o WHERE o.kind = 'rollup' AND o.conversation_pk = c.pk) AS rollupPending
    FROM conversation c LEFT JOIN import_run f ON f.pk = c.first_run_pk LEFT JOIN import_run l ON l.pk = c.last_run_pk
      LEFT JOIN raw_record w ON w.pk = c.raw_pk
    WHERE c.pk > ? ORDER BY c.pk LIMIT 1`,
  ...memoryHeads,
  'topics.jsonl': profileHead('topic', 'label'),
  'entities.jsonl': profileHead('entity', 'name, type'),
  'corrections.jsonl': `
    SELECT pk, id, kind, action, key, value, of_json AS "of", name, value_name AS valueName, at_ms AS atMs
    FROM correction WHERE pk > ? ORDER BY pk LIMIT 1`,
  'bundles.jsonl': `
    SELECT pk, id, kind, subject, label, version, dirty, text, tokens, tokenizer, hash, compiled_ms AS compiledMs,
      citations_json AS citations
    FROM bundle WHERE pk > ? ORDER BY pk LIMIT 1`,
  'blobs.jsonl': 'SELECT pk, sha256, size FROM blob WHERE complete = 1 AND pk > ? ORDER BY pk LIMIT 1',
  'blob-pieces.jsonl': `
    SELECT p.pk, b.sha256, p.ix, p.bytes FROM blob_piece p JOIN blob b ON b.pk = p.blob_pk
    WHERE b.complete = 1 AND p.pk > ? ORDER BY p.pk LIMIT 1`,
  'files.jsonl': `
    SELECT a.pk, r.id AS import, a.external_id AS externalId, a.name, a.mime, a.size, a.sha256
    FROM attachment a JOIN import_run r ON r.pk = a.run_pk WHERE a.sha256 IS NOT NULL AND a.pk > ? ORDER BY a.pk LIMIT 1`,
  'secrets.jsonl': 'SELECT pk, id, mark, label, decision FROM secret WHERE pk > ? ORDER BY pk LIMIT 1',
  'recipes.jsonl':
    'SELECT pk, name, description, settings_json AS settings, changed_ms AS changedMs FROM recipe WHERE pk > ? ORDER BY pk LIMIT 1',
  'exclusions.jsonl': 'SELECT pk, kind, key, at_ms AS atMs FROM exclusion WHERE pk > ? ORDER BY pk LIMIT 1',
};

function profileHead(table: string, names: string): string {
  return `SELECT pk, id, key, ${names}, aliases_json AS aliases, conversations, messages, acus, first_ms AS firstMs,
    last_ms AS lastMs, titled, strength, weight, visible, head_key AS "into" FROM ${table} WHERE pk > ? ORDER BY pk LIMIT 1`;
}

const messagesOf = `
  SELECT m.pk, m.id, m.external_id AS externalId, p.id AS parent, m.sibling_ix AS siblingIx, m.seq, m.role,
    m.author_name AS authorName, m.author_kind AS authorKind, m.model, m.channel, m.created_ms AS createdMs,
    m.created_raw AS createdRaw, m.hidden, m.hidden_reason AS hiddenReason, m.status, m.weight,
    m.on_active_path AS onActivePath, m.content_hash AS contentHash
  FROM message m LEFT JOIN message p ON p.pk = m.parent_pk WHERE m.conversation_pk = ? ORDER BY m.seq, m.id`;
const partsOf = `
  SELECT pk, ix, kind, text, language, mime, tool_name AS toolName, tool_call_id AS toolCallId, json,
    attachment_pk AS attachment FROM part WHERE message_pk = ? ORDER BY ix`;
const attachmentOf = `
  SELECT external_id AS externalId, name, mime, size, sha256, status, text_extract AS textExtract
  FROM attachment WHERE pk = ?`;
const citationsOf = `
  SELECT start_ix AS start, end_ix AS "end", url, title, snippet FROM citation WHERE part_pk = ? ORDER BY pk`;
/** What finds a message again in live capture. */
const readByModel = 'SELECT 1 AS n FROM model_read WHERE message_pk = ?';
const prefixesOf = 'SELECT hash FROM turn_prefix WHERE message_pk = ? ORDER BY hash';
const unitsOf = `
  SELECT a.pk, a.id, p.ix AS part, a.ordinal, a.start_ix AS start, a.end_ix AS "end", a.type,
    a.author_kind AS authorKind, a.language, a.created_ms AS createdMs, a.quality, a.state, a.text_key AS textKey
  FROM acu a LEFT JOIN part p ON p.pk = a.part_pk WHERE a.message_pk = ? ORDER BY a.ordinal, a.id`;
const linksOf = `
  SELECT l.type, t.id AS "to", l.weight FROM acu_link l JOIN acu t ON t.pk = l.to_pk WHERE l.from_pk = ?
  ORDER BY l.type, t.id`;
const artifactsOf = `
  SELECT m.id AS message, v.part_ix AS part, v.key, v.version, v.op, v.title, v.mime, v.language, v.text, v.problem, v.latest
  FROM artifact_version v LEFT JOIN message m ON m.pk = v.message_pk WHERE v.conversation_pk = ? ORDER BY v.pk`;
const formsOf = (table: string) =>
  `SELECT kind, value, weight FROM ${table}_form WHERE ${table}_pk = ? ORDER BY kind, value`;
const contributionsTo = (table: string) => `
  SELECT c.id AS conversation, x.titled, x.strength, x.messages, x.acus, x.first_ms AS firstMs, x.last_ms AS lastMs,
    x.forms_json AS forms, x.said_json AS said
  FROM ${table}_conversation x JOIN conversation c ON c.pk = x.conversation_pk WHERE x.${table}_pk = ? ORDER BY c.id`;
const unitsIn = (table: string) => `
  SELECT a.id AS unit, x.weight FROM ${table}_acu x JOIN acu a ON a.pk = x.acu_pk WHERE x.${table}_pk = ? ORDER BY a.id`;
const upstreamsHere = `
  SELECT name, kind, base_url AS baseUrl, key, is_default AS isDefault, record, created_ms AS createdMs
  FROM upstream ORDER BY name`;
const modelServicesHere = `
  SELECT name, kind, base_url AS baseUrl, model, key, dimensions, chat_form AS chatForm, per_minute AS perMinute,
    monthly_tokens AS monthlyTokens, daily_tokens AS dailyTokens, price_input AS input, price_output AS output,
    monthly_cost AS monthlyCost, embed_agreed_ms IS NOT NULL AS embed, memories_agreed_ms IS NOT NULL AS memories,
    created_ms AS createdMs
  FROM model_service ORDER BY name`;
const placesOf = `
  SELECT m.id AS message, s.part_ix AS part, s.start_ix AS start, s.end_ix AS "end"
  FROM secret_place s JOIN message m ON m.pk = s.message_pk WHERE s.secret_pk = ? ORDER BY m.id, s.part_ix, s.start_ix`;
const besideMessages = `
  SELECT m.id AS message, b.times FROM secret_beside b JOIN message m ON m.pk = b.message_pk WHERE b.secret_pk = ? ORDER BY m.id`;
const besideRecords = `
  SELECT r.slot, r.sha256, b.times FROM secret_beside b JOIN sidecar_record r ON r.pk = b.record_pk
  WHERE b.secret_pk = ? ORDER BY r.slot, r.sha256`;
const bundleSources =
  "SELECT DISTINCT kind, key FROM bundle_source WHERE bundle_pk = ? AND kind <> 'messages' ORDER BY kind, key";

export interface ReadRecord<F extends ArchiveFile> {
  /** As it stands in the tables: of the right names, and of the right types where the database is our own. */
  readonly record: ArchiveRecord<F>;
  readonly pk: number;
}

export class RecordReader {
  readonly #connection: Connection;
  readonly #statements = new Map<string, PreparedStatement>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Whose space it is, what goes into its ids, and the services it knows; their keys only where they are asked for. */
  space(keys = false): { ownerId: unknown; version: unknown; space: Row } {
    const row = this.#one('SELECT owner_id AS ownerId, version, salt, created_ms AS createdMs FROM space');
    const { ownerId, version, salt, createdMs } = row ?? {};
    const upstreams = this.#all(upstreamsHere).map(({ key, isDefault, record, ...rest }) => ({
      ...rest,
      isDefault: isDefault === 1,
      record: record === 1,
      key: keys ? key : null,
    }));
    const modelServices = this.#all(modelServicesHere).map(({ key, input, output, embed, memories, ...rest }) => ({
      ...rest,
      key: keys ? key : null,
      price: input === null || output === null ? null : { input, output },
      agreedFor: modelPurposes.filter((purpose) => ({ embed, memories })[purpose] === 1),
    }));
    const services = {
      ...(upstreams.length === 0 ? {} : { upstreams }),
      ...(modelServices.length === 0 ? {} : { modelServices }),
    };
    return { ownerId, version, space: { salt, createdMs, ...services } };
  }

  /** The first record of a file behind a place, or null where there is none. @throws what SQLite and JSON throw */
  next<F extends ArchiveFile>(file: F, after: number): ReadRecord<F> | null {
    const row = this.#one(heads[file], after);
    if (row === undefined) return null;
    const { pk, ...rest } = row;
    return { record: this.#whole(file, Number(pk), rest) as ArchiveRecord<F>, pk: Number(pk) };
  }

  #whole(file: ArchiveFile, pk: number, row: Row): Row {
    switch (file) {
      case 'imports.jsonl':
        return importOf(row);
      case 'import-issues.jsonl':
        return row;
      case 'raw-records.jsonl':
        return { ...row, zstd: Buffer.isBuffer(row.zstd) ? row.zstd.toString('base64') : null };
      case 'conversations.jsonl':
        return {
          ...row,
          flags: json(row.flags),
          rollupPending: row.rollupPending === 1,
          messages: this.#all(messagesOf, pk).map((message) => this.#message(message)),
          artifacts: this.#all(artifactsOf, pk).map((version) => ({ ...version, latest: version.latest === 1 })),
        };
      case 'sidecar-records.jsonl':
        return { ...row, zstd: Buffer.isBuffer(row.zstd) ? row.zstd.toString('base64') : null };
      case 'projects.jsonl':
        return { ...withRecord(row), documents: this.#all(documentsOf, pk) };
      case 'feedback.jsonl':
        return withRecord(row);
      case 'memories.jsonl':
        return {
          ...row,
          pinned: row.pinned === 1,
          aliases: json(row.aliases),
          scopes: json(row.scopes),
          links: this.#all(memoryLinksOf, pk, pk, pk),
          evidence: this.#all(evidenceOf, pk).map(withRecord),
        };
      case 'topics.jsonl':
        return this.#profile('topic', pk, row);
      case 'entities.jsonl':
        return this.#profile('entity', pk, row);
      case 'corrections.jsonl':
        return { ...row, of: json(row.of) };
      case 'bundles.jsonl':
        return {
          ...row,
          dirty: row.dirty === 1,
          citations: (json(row.citations) as Record<string, Row>[]).map(withoutRows),
          sources: this.#all(bundleSources, pk),
        };
      case 'blobs.jsonl':
      case 'files.jsonl':
      case 'exclusions.jsonl':
        return row;
      case 'secrets.jsonl':
        return { ...row, places: this.#all(placesOf, pk), ...this.#beside(pk) };
      case 'recipes.jsonl':
        return { ...row, settings: json(row.settings) };
      case 'blob-pieces.jsonl': {
        const { bytes, ...rest } = row;
        return { ...rest, base64: Buffer.isBuffer(bytes) ? bytes.toString('base64') : null };
      }
    }
  }

  /** The bytes of a file, piece by piece. */
  *bytesOf(sha256: string): Generator<Buffer> {
    const pieces = 'SELECT p.bytes FROM blob b JOIN blob_piece p ON p.blob_pk = b.pk WHERE b.sha256 = ? AND p.ix = ?';
    for (let ix = 0; ; ix += 1) {
      const { bytes } = (this.#prepared(pieces).get(sha256, ix) ?? {}) as { bytes?: unknown };
      if (!Buffer.isBuffer(bytes)) return;
      yield bytes;
    }
  }

  #beside(secretPk: number): Row {
    const beside = [...this.#all(besideMessages, secretPk), ...this.#all(besideRecords, secretPk)];
    return beside.length === 0 ? {} : { beside };
  }

  #message({ pk, ...message }: Row): Row {
    const prefixes = this.#all(prefixesOf, Number(pk)).map(({ hash }) => hash);
    return {
      ...message,
      ...(prefixes.length === 0 ? {} : { prefixes }),
      ...(this.#one(readByModel, Number(pk)) === undefined ? {} : { readByModel: true }),
      hidden: message.hidden === 1,
      onActivePath: message.onActivePath === 1,
      parts: this.#all(partsOf, Number(pk)).map(({ pk: part, attachment, ...rest }) => ({
        ...rest,
        attachment: attachment === null ? null : (this.#one(attachmentOf, Number(attachment)) ?? null),
        citations: this.#all(citationsOf, Number(part)),
      })),
      units: this.#all(unitsOf, Number(pk)).map(({ pk: unit, ...rest }) => ({
        ...rest,
        links: this.#all(linksOf, Number(unit)),
      })),
    };
  }

  #profile(table: string, pk: number, row: Row): Row {
    return {
      ...row,
      aliases: json(row.aliases),
      visible: row.visible === 1,
      forms: this.#all(formsOf(table), pk),
      contributions: this.#all(contributionsTo(table), pk).map((one) => ({
        ...one,
        forms: json(one.forms),
        said: json(one.said),
      })),
      units: this.#all(unitsIn(table), pk),
    };
  }

  #all(sql: string, ...values: number[]): Row[] {
    return this.#prepared(sql).all(...values) as Row[];
  }

  #one(sql: string, ...values: number[]): Row | undefined {
    return this.#prepared(sql).get(...values) as Row | undefined;
  }

  #prepared(sql: string): PreparedStatement {
    const statement =
      this.#statements.get(sql) ?? this.#connection.prepare<(string | number | bigint | Uint8Array | null)[]>(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

const json = (text: unknown): unknown => JSON.parse(String(text));

function importOf({ wholeSource, wholeAccount, asOfMs, ...row }: Row): Row {
  const whole = wholeAccount === null ? null : { source: wholeSource, account: wholeAccount, asOfMs };
  const { parts, begins, ...rest } = row;
  const lists = { parts: parts === null ? null : json(parts), begins: begins === null ? null : json(begins) };
  return { ...rest, ...lists, counts: json(row.counts), takesFiles: row.takesFiles === 1, whole };
}

/** Row numbers mean something in one file alone. */
const withoutRows = (quote: Record<string, Row>): Row =>
  Object.fromEntries(Object.entries(quote).map(([name, { pk: _, ...rest }]) => [name, rest]));
