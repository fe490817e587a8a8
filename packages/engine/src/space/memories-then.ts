/**
 * Memories as they were at some time: which were known, which held. What was found in what a person said is settled as its finder
 * settles it (stores/memory-settling.ts), over what had been said by then; what an export says by the newest version there was by
 * then. What the person decided later had not been decided. Conditions in SQL; changes nothing.
 */
import type { Sight } from './sight.ts';
import { sureEnough } from './stores/memory-settling.ts';

/** Of two evidence weights no sum is exact. */
const rounding = 1e-9;

/** @param then ms UTC, a whole number; null for now */
export function memoriesThen(then: number | null): Sight {
  if (then === null) return { where: '1' };
  const decided = (of: string) => `coalesce(${of}.settled_ms, ${of}.changed_ms)`;
  /** Found in what was said, and left as it was found. */
  const open = (of: string) =>
    `(${of}.origin IN ('rule', 'model') AND ${of}.merged_pk IS NULL AND coalesce(${decided(of)} > ${then}, 1))`;
  const last = (of: string) =>
    `(SELECT max(e.at_ms) FROM main.memory_evidence e WHERE e.memory_pk = ${of}.pk AND e.at_ms <= ${then})`;
  /** The sum of what each saying leaves in doubt: 1 − Π(1 − w) is the confidence. */
  const doubt = (of: string) => `(SELECT sum(left_over) FROM (
    SELECT ln(max(${rounding}, 1 - max(e.weight))) AS left_over FROM main.memory_evidence e
    WHERE e.memory_pk = ${of}.pk AND e.at_ms <= ${then} GROUP BY e.message_pk, e.record_pk))`;
  const sure = (of: string) => `${doubt(of)} <= ln(1 - ${sureEnough}) + ${rounding}`;
  const imported = (
    of: string,
  ) => `EXISTS (SELECT 1 FROM main.memory_evidence e WHERE e.memory_pk = ${of}.pk AND (e.at_ms IS NULL OR e.at_ms >= coalesce((
    SELECT max(at) FROM (
      SELECT max(s.at_ms) AS at FROM main.memory_evidence s JOIN main.memory k ON k.pk = s.memory_pk WHERE k.slot = ${of}.slot AND s.at_ms <= ${then}
      UNION ALL SELECT max(as_of_ms) FROM main.sidecar_record WHERE slot = ${of}.slot AND as_of_ms <= ${then})), 0)))`;
  /** All that had been said of it says that it is over. */
  const over = (of: string) =>
    `NOT EXISTS (SELECT 1 FROM main.memory_evidence e WHERE e.memory_pk = ${of}.pk AND e.at_ms <= ${then} AND e.held_to_ms IS NULL)`;
  /** What was not found, or what the person had decided by then. */
  const otherwise = (of: string) => `CASE
    WHEN ${of}.origin = 'imported' AND ${of}.slot IS NOT NULL AND coalesce(${of}.changed_ms > ${then}, 1) AND ${of}.merged_pk IS NULL
      THEN CASE WHEN ${imported(of)} THEN 'active' ELSE 'superseded' END
    WHEN ${of}.state IN ('superseded', 'archived', 'resolved') AND coalesce(${of}.valid_to_ms, ${of}.changed_ms, 0) > ${then} THEN 'active'
    ELSE ${of}.state END`;
  const known = (of: string) => `CASE ${of}.origin
    WHEN 'stated' THEN ${of}.learnt_ms <= ${then}
    WHEN 'imported' THEN coalesce(${of}.valid_from_ms, ${of}.learnt_ms) <= ${then}
    ELSE coalesce((SELECT min(e.at_ms) FROM main.memory_evidence e WHERE e.memory_pk = ${of}.pk), ${of}.learnt_ms) <= ${then} END`;
  const m = 'main.memory';
  /** What the person says of the same thing, in whatever way. */
  const firm = (
    more: string,
  ) => `EXISTS (SELECT 1 FROM main.memory f WHERE f.attribute = ${m}.attribute AND f.merged_pk IS NULL
    AND NOT ${open('f')} AND ${known('f')} AND ${otherwise('f')} = 'active'${more})`;
  const decidedThen = `CASE WHEN ${decided('f')} <= ${then} THEN ${decided('f')} ELSE f.learnt_ms END`;
  const found = `CASE
    WHEN NOT coalesce(${sure(m)}, 0) THEN 'candidate'
    WHEN ${over(m)} THEN 'superseded'
    WHEN ${m}.attribute IS NULL THEN 'active'
    WHEN ${firm(` AND f.value IS ${m}.value`)} THEN 'active'
    WHEN ${firm(` AND ${decidedThen} >= ${last(m)}`)} THEN 'superseded'
    WHEN ${firm('')} THEN 'candidate'
    WHEN EXISTS (SELECT 1 FROM main.memory o WHERE o.attribute = ${m}.attribute AND o.pk <> ${m}.pk AND ${open('o')}
      AND ${last('o')} > ${last(m)} AND ${sure('o')} AND NOT (${over('o')})) THEN 'superseded'
    ELSE 'active' END`;
  return {
    where: known(m),
    columns: {
      state: `CASE WHEN ${open(m)} THEN ${found} ELSE ${otherwise(m)} END`,
      confidence: `CASE WHEN ${open(m)} THEN min(0.99, 1 - exp(${doubt(m)})) ELSE ${m}.confidence END`,
      valid_to_ms: `CASE WHEN ${m}.valid_to_ms <= ${then} THEN ${m}.valid_to_ms END`,
      changed_ms: `CASE WHEN ${m}.changed_ms <= ${then} THEN ${m}.changed_ms END`,
    },
  };
}
