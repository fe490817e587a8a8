/** A memory as a row, and as the API shows it. */
import { isoTime } from '@vivim/contract/clock';
import { type Source, sourceNames } from '@vivim/contract/conversation';
import type { MemoryId, ProjectId } from '@vivim/contract/ids';
import type { Memory, MemoryKind, MemoryOrigin, MemoryState } from '@vivim/contract/memory';
import { sql } from 'kysely';
import { isSuspicious } from './memory-suspicion.ts';

export interface MemoryRow {
  pk: number;
  id: MemoryId;
  kind: MemoryKind;
  text: string;
  origin: MemoryOrigin;
  source: Source | null;
  what: string;
  projectId: ProjectId | null;
  projectName: string | null;
  state: MemoryState;
  pinned: number;
  confidence: number;
  learntMs: number;
  fromMs: number | null;
  toMs: number | null;
  changedMs: number | null;
  /** When the person last wrote it in other words. */
  rewordedMs: number | null;
  supersedes: MemoryId | null;
  evidenceCount: number;
  /** When it was first said; null where nothing says. */
  saidMs: number | null;
  name: string | null;
  aliasesJson: string;
  scopesJson: string;
  relatedJson: string;
  attribute: string | null;
  applies: string | null;
  reviewMs: number | null;
}

export const memoryColumns = sql`m.pk, m.id, m.kind, m.text, m.origin, m.source, m.what, m.project_id AS projectId,
  p.name AS projectName, m.state, m.pinned, m.confidence, m.learnt_ms AS learntMs, m.valid_from_ms AS fromMs,
  m.valid_to_ms AS toMs, m.changed_ms AS changedMs, m.reworded_ms AS rewordedMs, (SELECT o.id FROM memory o WHERE o.pk = m.supersedes_pk) AS supersedes,
  (SELECT count(*) FROM memory_evidence e WHERE e.memory_pk = m.pk) AS evidenceCount,
  (SELECT min(e.at_ms) FROM memory_evidence e WHERE e.memory_pk = m.pk) AS saidMs,
  m.name, m.aliases_json AS aliasesJson, m.scopes_json AS scopesJson, m.attribute, m.applies, m.review_ms AS reviewMs,
  (SELECT json_group_array(o.id) FROM memory_relation r JOIN memory o ON o.pk = r.other_pk WHERE r.memory_pk = m.pk) AS relatedJson`;
export const memoryTables = sql`memory m LEFT JOIN project p ON p.id = m.project_id`;

/**
 * `ChatGPT custom instructions, imported 2026-11-26`; `Said to Notes, 2026-11-26` for what an application wrote down; what was found says when it was said first, where that is known. Whose words they
 * are now is said too.
 */
export function labelOf({
  origin,
  source,
  what,
  learntMs,
  saidMs,
  rewordedMs,
}: Pick<MemoryRow, 'origin' | 'source' | 'what' | 'learntMs' | 'saidMs' | 'rewordedMs'>): string {
  const changed = (label: string) => (rewordedMs === null ? label : `${label}, changed by you`);
  if (origin === 'stated')
    return what === '' ? `Stated by you, ${dayOf(learntMs)}` : changed(`Said to ${what}, ${dayOf(learntMs)}`);
  const from = source === null ? '' : `${sourceNames[source]} `;
  const said = saidMs === null ? '' : `, ${dayOf(saidMs)}`;
  const found = origin === 'model' ? `Found by ${what} in what you said` : 'Found in what you said';
  return changed(origin === 'imported' ? `${from}${what}, imported ${dayOf(learntMs)}` : `${found}${said}`);
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const aliasesOf = ({ aliasesJson }: Pick<MemoryRow, 'aliasesJson'>): string[] => JSON.parse(aliasesJson);
export const scopesOf = ({ scopesJson }: Pick<MemoryRow, 'scopesJson'>): string[] => JSON.parse(scopesJson);
export const relatedOf = ({ relatedJson }: Pick<MemoryRow, 'relatedJson'>): MemoryId[] => JSON.parse(relatedJson);

/** What the index of words holds of its names. A name written as one word is several: `error_handling`. */
export const namesText = (name: string | null, aliases: readonly string[]): string =>
  [...(name === null ? [] : [name]), ...aliases].join(' \n ').replaceAll('_', ' ');

export const shown = (row: MemoryRow): Memory => ({
  id: row.id,
  kind: row.kind,
  text: row.text,
  name: row.name,
  aliases: aliasesOf(row),
  scopes: scopesOf(row),
  related: relatedOf(row),
  attribute: row.attribute,
  origin: row.origin,
  source: row.source,
  label: labelOf(row),
  project: row.projectId === null ? null : { id: row.projectId, name: row.projectName },
  state: row.state,
  pinned: row.pinned === 1,
  confidence: row.confidence,
  learntAt: isoTime(row.learntMs) as string,
  validFrom: isoTime(row.fromMs),
  validTo: isoTime(row.toMs),
  changedAt: isoTime(row.changedMs),
  supersedes: row.supersedes,
  evidenceCount: row.evidenceCount,
  reviewAt: isoTime(row.reviewMs),
  suspicious: isSuspicious(row.text),
});
