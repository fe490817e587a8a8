/**
 * Records of an archive written into a space: whole, where the space is empty and becomes what the archive was, or merged
 * into what is there. A record that is there already changes nothing, so that writing twice is writing once. Records come
 * checked against the schemas of contract/archive.ts; nothing here reads an archive.
 */
import type {
  ArchivedBundle,
  ArchivedConversation,
  ArchivedImport,
  ArchivedIssue,
  ArchivedModelService,
  ArchivedProfile,
  ArchivedRawRecord,
  ArchivedSpace,
} from '@vivim/contract/archive';
import type { ArchivedRecipe, ArchivedSecret } from '@vivim/contract/archive-decisions';
import type { Connection } from '../../sqlite/database.ts';
import { sha256 } from '../hash.ts';
import { adoptSalt } from '../space-row.ts';
import { addAttachment } from '../stores/message-rows.ts';
import { putProfile } from './profile-records.ts';
import { RecordRows } from './record-rows.ts';

type ArchivedAttachment = NonNullable<ArchivedConversation['messages'][number]['parts'][number]['attachment']>;

/** `whole`: everything exactly as it was, ids of what was found included. `merge`: what was captured joins what is here. */
export type ArrivalMode = 'whole' | 'merge';

export class RecordWriter {
  readonly #connection: Connection;
  readonly #rows: RecordRows;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#rows = new RecordRows(connection);
  }

  /** Whether nothing was ever captured or found here. */
  isEmpty(): boolean {
    const tables = ['conversation', 'raw_record', 'sidecar_record', 'project', 'memory', 'topic', 'entity', 'bundle'];
    return tables.every((table) => this.#rows.one(`SELECT 1 AS n FROM ${table} LIMIT 1`) === undefined);
  }

  /** Ids of topics, entities and bundles are made with the salt of the archive from now on. Only in an empty space. */
  adopt({ salt, createdMs }: Pick<ArchivedSpace, 'salt' | 'createdMs'>): void {
    adoptSalt(this.#connection, salt, createdMs);
  }

  /** Services that are not here by their name. One that came without its key is asked for it again. */
  putUpstreams(upstreams: NonNullable<ArchivedSpace['upstreams']>): void {
    for (const { baseUrl, isDefault, createdMs, ...rest } of upstreams)
      this.#rows.insert('upstream', { ...rest, base_url: baseUrl, is_default: isDefault, created_ms: createdMs });
  }

  /** Alike, and agreed to for nothing: that is for the person to say here. */
  putModelServices(services: readonly ArchivedModelService[]): void {
    for (const { baseUrl, price, agreedFor: _, ...rest } of services)
      this.#rows.insert('model_service', {
        name: rest.name,
        kind: rest.kind,
        base_url: baseUrl,
        model: rest.model,
        key: rest.key,
        dimensions: rest.dimensions,
        chat_form: rest.chatForm,
        per_minute: rest.perMinute,
        monthly_tokens: rest.monthlyTokens,
        daily_tokens: rest.dailyTokens,
        price_input: price?.input ?? null,
        price_output: price?.output ?? null,
        monthly_cost: price === null ? null : rest.monthlyCost,
        created_ms: rest.createdMs,
      });
  }

  /** An import of the history. It counts as done only after {@link finishImport}: what it brought in is not here yet. */
  putImport(run: ArchivedImport): void {
    this.#rows.insert('import_run', {
      id: run.id,
      state: 'cancelled',
      file_name: run.fileName,
      file_bytes: run.fileBytes,
      file_sha256: run.fileSha256,
      asked_source: run.askedSource,
      source: run.source,
      confidence: run.confidence,
      why: run.why,
      created_ms: run.createdMs,
      started_ms: run.startedMs,
      finished_ms: run.finishedMs,
      counts: JSON.stringify(run.counts),
      error_code: run.errorCode,
      error_detail: run.errorDetail,
      same_file_as: run.sameFileAs,
      whole_source: run.whole?.source ?? null,
      whole_account: run.whole?.account ?? null,
      as_of_ms: run.whole?.asOfMs ?? null,
      takes_files: run.takesFiles,
      parts: run.parts === null ? null : JSON.stringify(run.parts),
      begins: run.begins === null ? null : JSON.stringify(run.begins),
    });
  }

  /** All that an import brought in is here: it is what it was. One that had not ended stays cancelled. */
  finishImport({ id, state }: ArchivedImport): void {
    if (state === 'done' || state === 'failed')
      this.#rows.run("UPDATE import_run SET state = ? WHERE id = ? AND state = 'cancelled'", state, id);
  }

  putIssue({ import: run, externalId, ...issue }: ArchivedIssue): void {
    const runPk = this.#rows.pkOf('import_run', run);
    if (runPk !== null) this.#rows.insert('import_issue', { ...issue, run_pk: runPk, external_id: externalId });
  }

  putRaw(raw: ArchivedRawRecord): void {
    const runPk = this.#rows.pkOf('import_run', raw.import);
    if (runPk === null) return;
    this.#rows.insert('raw_record', {
      run_pk: runPk,
      source: raw.source,
      external_key: raw.conversation,
      sha256: raw.sha256,
      form: raw.form,
      bytes_zstd: Buffer.from(raw.zstd, 'base64'),
      size: raw.size,
    });
  }

  /**
   * Add a conversation that is not here, with its messages and units. Links come later ({@link link}).
   * @param seenBy the import that brings it, where the space keeps a history of its own
   * @returns its row and how many units it has; null where its imports are unknown
   */
  addConversation(
    conversation: ArchivedConversation,
    seenBy: number | null,
  ): { readonly pk: number; readonly acus: number; readonly messagePks: ReadonlyMap<string, number> } | null {
    const firstRun = this.#rows.pkOf('import_run', conversation.firstImport);
    const lastRun = seenBy ?? this.#rows.pkOf('import_run', conversation.lastImport);
    if (firstRun === null || lastRun === null) return null;
    const pk = this.#rows.insert('conversation', {
      id: conversation.id,
      source: conversation.source,
      account_hash: conversation.accountHash,
      external_id: conversation.externalId,
      title: conversation.title,
      title_source: conversation.titleSource,
      created_ms: conversation.createdMs,
      updated_ms: conversation.updatedMs,
      created_raw: conversation.createdRaw,
      updated_raw: conversation.updatedRaw,
      sort_ms: conversation.sortMs,
      active_leaf_id: conversation.activeLeafId,
      project_id: conversation.projectId,
      assistant_id: conversation.assistantId,
      default_model: conversation.defaultModel,
      flags_json: JSON.stringify(conversation.flags),
      content_hash: conversation.contentHash,
      message_count: conversation.messageCount,
      first_run_pk: firstRun,
      last_run_pk: lastRun,
      last_outcome: seenBy === null ? conversation.lastOutcome : 'added',
      raw_pk: conversation.raw === null ? null : this.#rawPk(conversation, conversation.raw),
      deleted_in_source_ms: conversation.deletedInSourceMs,
      seen_as_of_ms: conversation.seenAsOfMs,
      conflicts: conversation.conflicts,
      version_rule: conversation.versionRule,
    });
    if (pk === null) return null;
    const rows = new Map<string, number>();
    let acus = 0;
    for (const message of conversation.messages) {
      const messagePk = this.#addMessage(pk, message, rows);
      if (messagePk === null) continue;
      rows.set(message.id, messagePk);
      if (message.readByModel === true) this.#rows.insert('model_read', { message_pk: messagePk });
      const parts = new Map(message.parts.map((part) => [part.ix, this.#addPart(messagePk, message.id, part)]));
      for (const unit of message.units) acus += this.#addUnit(pk, messagePk, parts, unit, seenBy !== null) ? 1 : 0;
    }
    return { pk, acus, messagePks: rows };
  }

  /**
   * Link the units of a conversation to others, and what finds its messages again to them; both ends must be here by now.
   * @param duplicates also the links between equal texts: where a space had units of its own these were made anew
   */
  link(conversation: ArchivedConversation, duplicates: boolean): void {
    for (const message of conversation.messages) {
      for (const hash of message.prefixes ?? [])
        this.#rows.run(
          'INSERT OR IGNORE INTO turn_prefix (hash, message_pk) SELECT ?, pk FROM message WHERE id = ?',
          hash,
          message.id,
        );
      for (const unit of message.units) {
        for (const { type, to, weight } of unit.links) {
          if (type === 'duplicates' && !duplicates) continue;
          this.#rows.run(
            `INSERT OR IGNORE INTO acu_link (from_pk, type, to_pk, weight)
             SELECT f.pk, ?, t.pk, ? FROM acu f, acu t WHERE f.id = ? AND t.id = ?`,
            type,
            weight,
            unit.id,
            to,
          );
        }
      }
    }
  }

  putProfile(table: 'topic' | 'entity', profile: ArchivedProfile): void {
    putProfile(this.#rows, table, profile);
  }

  /** A bundle, to be compiled again from what is here: one that was true keeps its text, version and time, and no other stands long. */
  putBundle(bundle: ArchivedBundle): void {
    const pk = this.#rows.insert('bundle', {
      id: bundle.id,
      kind: bundle.kind,
      subject: bundle.subject,
      label: bundle.label,
      version: bundle.version,
      dirty: true,
      text: bundle.text,
      tokens: bundle.tokens,
      tokenizer: bundle.tokenizer,
      // Not what the record says of itself: a text that is another than was compiled is replaced.
      hash: sha256(bundle.text),
      compiled_ms: bundle.compiledMs,
      citations_json: JSON.stringify(bundle.citations.flatMap((quote) => this.#located(quote))),
    });
    if (pk === null) return;
    for (const source of bundle.sources) this.#rows.insert('bundle_source', { bundle_pk: pk, ...source });
  }

  #addMessage(
    conversationPk: number,
    message: ArchivedConversation['messages'][number],
    rows: ReadonlyMap<string, number>,
  ): number | null {
    return this.#rows.insert('message', {
      id: message.id,
      conversation_pk: conversationPk,
      external_id: message.externalId,
      parent_pk: message.parent === null ? null : (rows.get(message.parent) ?? null),
      sibling_ix: message.siblingIx,
      seq: message.seq,
      role: message.role,
      author_name: message.authorName,
      author_kind: message.authorKind,
      model: message.model,
      channel: message.channel,
      created_ms: message.createdMs,
      created_raw: message.createdRaw,
      hidden: message.hidden,
      hidden_reason: message.hiddenReason,
      status: message.status,
      weight: message.weight,
      on_active_path: message.onActivePath,
      content_hash: message.contentHash,
    });
  }

  #addPart(
    messagePk: number,
    messageId: string,
    part: ArchivedConversation['messages'][number]['parts'][number],
  ): number | null {
    const pk = this.#rows.insert('part', {
      message_pk: messagePk,
      ix: part.ix,
      kind: part.kind,
      text: part.text,
      language: part.language,
      mime: part.mime,
      tool_name: part.toolName,
      tool_call_id: part.toolCallId,
      json: part.json,
      attachment_pk: part.attachment === null ? null : this.#attachment(messageId, part.ix, part.attachment),
    });
    if (pk === null) return null;
    for (const { start, end, ...citation } of part.citations)
      this.#rows.insert('citation', { part_pk: pk, start_ix: start, end_ix: end, ...citation });
    return pk;
  }

  #attachment(messageId: string, partIx: number, { sha256, ...facts }: ArchivedAttachment): number | null {
    const input = sha256 === null ? facts : { ...facts, sha256 };
    return addAttachment(this.#connection, messageId, partIx, input);
  }

  #addUnit(
    conversationPk: number,
    messagePk: number,
    parts: ReadonlyMap<number, number | null>,
    unit: ArchivedConversation['messages'][number]['units'][number],
    linkDuplicates: boolean,
  ): boolean {
    const partPk = parts.get(unit.part) ?? null;
    if (partPk === null) return false;
    const pk = this.#rows.insert('acu', {
      id: unit.id,
      conversation_pk: conversationPk,
      message_pk: messagePk,
      part_pk: partPk,
      ordinal: unit.ordinal,
      start_ix: unit.start,
      end_ix: unit.end,
      type: unit.type,
      author_kind: unit.authorKind,
      language: unit.language,
      created_ms: unit.createdMs,
      quality: unit.quality,
      state: unit.state,
      text_key: unit.textKey,
    });
    if (pk !== null && linkDuplicates)
      this.#rows.run(
        `INSERT OR IGNORE INTO acu_link (from_pk, type, to_pk)
         SELECT ?, 'duplicates', e.pk FROM (SELECT min(pk) AS pk FROM acu WHERE text_key = ?) e WHERE e.pk < ?`,
        pk,
        unit.textKey,
        pk,
      );
    return pk !== null;
  }

  /** A secret with where it stands; its units are hidden or shown as they were. */
  putSecret({ id, mark, label, decision, places, beside = [] }: ArchivedSecret): void {
    this.#rows.insert('secret', { id, mark, label, decision });
    const secret = this.#rows.pkOf('secret', id);
    for (const { message, part, start, end } of places) {
      const messagePk = this.#rows.pkOf('message', message);
      if (secret !== null && messagePk !== null)
        this.#rows.insert('secret_place', {
          secret_pk: secret,
          message_pk: messagePk,
          part_ix: part,
          start_ix: start,
          end_ix: end,
        });
    }
    for (const { times, ...where } of beside) {
      const messagePk = 'message' in where ? this.#rows.pkOf('message', where.message) : null;
      const recordPk = 'slot' in where ? this.#rows.sidecarPk(where.slot, where.sha256) : null;
      if (secret !== null && (messagePk ?? recordPk) !== null)
        this.#rows.insert('secret_beside', { secret_pk: secret, message_pk: messagePk, record_pk: recordPk, times });
    }
  }

  /** One that is here under its name stays as it is. */
  putRecipe({ settings, changedMs, ...recipe }: ArchivedRecipe): void {
    this.#rows.insert('recipe', { ...recipe, settings_json: JSON.stringify(settings), changed_ms: changedMs });
  }

  /** A quotation with the rows it stands in here; one whose unit is not here is left out. */
  #located(quote: ArchivedBundle['citations'][number]): object[] {
    if (quote.memory !== undefined) {
      const memory = this.#rows.pkOf('memory', quote.memory.id);
      if (memory === null) return [];
      const pk = -memory;
      const { acu, message, conversation } = quote;
      return [{ ...quote, acu: { pk, ...acu }, message: { pk, ...message }, conversation: { pk, ...conversation } }];
    }
    const acu = this.#rows.pkOf('acu', quote.acu.id);
    const message = this.#rows.pkOf('message', quote.message.id);
    const conversation = this.#rows.pkOf('conversation', quote.conversation.id);
    if (acu === null || message === null || conversation === null) return [];
    const { standsFor } = quote;
    return [
      {
        ...(standsFor === undefined ? {} : { standsFor }),
        acu: { pk: acu, ...quote.acu },
        message: { pk: message, ...quote.message },
        conversation: { pk: conversation, ...quote.conversation },
      },
    ];
  }

  #rawPk({ source, id }: ArchivedConversation, sha256: string): number | null {
    const row = this.#rows.one(
      'SELECT pk FROM raw_record WHERE source = ? AND external_key = ? AND sha256 = ?',
      source,
      id,
      sha256,
    );
    return row === undefined ? null : Number(row.pk);
  }
}
