/** A memory as a row, and as the API shows it. */
import { isoTime } from '@vivim/contract/clock';
import { type Source, sourceNames } from '@vivim/contract/conversation';
import type { MemoryId, ProjectId } from '@vivim/contract/ids';
import type { Memory, MemoryFrom, MemoryKind, MemoryOrigin, MemoryState } from '@vivim/contract/memory';
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

type Known = Pick<MemoryRow, 'origin' | 'source' | 'what' | 'learntMs' | 'saidMs' | 'rewordedMs'>;

/** Where a memory comes from. What was stated here has no words but its person's own. */
export function fromOf({ origin, what, learntMs, saidMs, rewordedMs }: Known): MemoryFrom {
  const reworded = rewordedMs !== null;
  if (origin === 'stated')
    return what === ''
      ? { code: 'stated', what: null, day: dayOf(learntMs), reworded: false }
      : { code: 'told', what, day: dayOf(learntMs), reworded };
  if (origin === 'imported') return { code: 'imported', what, day: dayOf(learntMs), reworded };
  const day = saidMs === null ? null : dayOf(saidMs);
  return origin === 'model' ? { code: 'model', what, day, reworded } : { code: 'found', what: null, day, reworded };
}

/**
 * The same in English: `ChatGPT custom instructions, imported 2026-11-26`; `Said to Notes, 2026-11-26` for what an application wrote down;
 * what was found says when it was said first, where that is known. Whose words they are now is said too.
 */
export function labelOf(row: Known): string {
  const { code, what, day, reworded } = fromOf(row);
  const changed = reworded ? ', changed by you' : '';
  const said = day === null ? '' : `, ${day}`;
  switch (code) {
    case 'stated':
      return `Stated by you${said}`;
    case 'told':
      return `Said to ${what}${said}${changed}`;
    case 'imported':
      return `${row.source === null ? '' : `${sourceNames[row.source]} `}${what}, imported ${day}${changed}`;
    case 'model':
      return `Found by ${what} in what you said${said}${changed}`;
    case 'found':
      return `Found in what you said${said}${changed}`;
  }
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
  from: fromOf(row),
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
