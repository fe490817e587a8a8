/**
 * How an entity stands to the person and to others, read off the units that name it: "Emma is my daughter", "Tom works at Acme",
 * "Lisbon is in Portugal". Pure; every relation cites the units that say it, and none is inferred.
 */
import type { CitedUnit } from '@vivim/contract/profile';
import type { LocatedAcu } from '../../space/located-acu.ts';
import { evidenceOfUnit } from './claims.ts';
import { rolesIn } from './roles.ts';

export interface FoundRelation {
  readonly relation: string;
  /** Null: the person whose history it is. */
  readonly to: string | null;
  readonly evidence: readonly CitedUnit[];
}

const name = String.raw`(?:(?:the )?\p{Lu}[\p{L}\p{N}'’&.-]*(?: (?:of |de |von )?\p{Lu}[\p{L}\p{N}'’&.-]*){0,4})`;

/** What stands between two names, as a relation of the first to the second. */
const between: readonly (readonly [RegExp, string])[] = [
  [
    /^ (?:now |still |also )?(?:works?|worked|is working|arbeitet|trabaja|travaille|lavora) (?:at|for|bei|en|para|chez|per|a) $/iu,
    'works at',
  ],
  [
    /^ (?:now |still |also )?(?:lives?|lived|is living|wohnt|lebt|vive|habite|abita) (?:in|at|near|à|en|a) $/iu,
    'lives in',
  ],
  [/^ (?:studies|studied|studiert|goes to school|estudia|étudie) (?:at|in|an der|en|à) $/iu, 'studies at'],
  [/^ (?:founded|started|co-?founded|gründete|fundó|a fondé) $/iu, 'founded'],
  [/^ (?:is|was) (?:the )?(?:founder|ceo|cto|head|director|manager|owner) of $/iu, 'leads'],
  [/^ (?:is|was|'s|’s) (?:married to|the (?:wife|husband|partner) of) $/iu, 'married to'],
  [/^ (?:is|was) (?:a |the )?(?:brother|sister|sibling) of $/iu, 'sibling of'],
  [/^ (?:is|was) (?:a |the )?(?:son|daughter|child) of $/iu, 'child of'],
  [/^ (?:is|was) (?:a |the )?(?:mother|father|parent) of $/iu, 'parent of'],
  [/^ (?:and|und|y|et|e) (?:.{0,20}? )?(?:are|is) (?:friends|best friends) with $/iu, 'friend of'],
  [/^ (?:is|are|liegt|está|se trouve) (?:located |situated )?(?:in|near|en|à) $/iu, 'in'],
  [/^ (?:is part of|belongs to|gehört zu|forma parte de) $/iu, 'part of'],
  [/^ (?:is |was )?(?:built with|written in|based on|runs on|powered by|uses?) $/iu, 'uses'],
  [/^ (?:wrote|painted|directed|composed|created|built) $/iu, 'made'],
];

/**
 * @param names the entity is called by
 * @param units those that say most first
 */
export function relationsOf(names: readonly string[], units: readonly LocatedAcu[]): FoundRelation[] {
  const found = new Map<string, { relation: string; to: string | null; evidence: CitedUnit[] }>();
  const note = (relation: string, to: string | null, unit: LocatedAcu): void => {
    const key = `${relation} ${to?.toLowerCase() ?? ''}`;
    const known = found.get(key) ?? { relation, to, evidence: [] };
    const evidence = evidenceOfUnit(unit);
    if (!known.evidence.some(({ acuId }) => acuId === evidence.acuId)) known.evidence.push(evidence);
    found.set(key, known);
  };
  const called = new Set(names.map((each) => each.toLowerCase()));
  const sides = [...called].filter((each) => !each.startsWith('my ')).sort((a, b) => b.length - a.length);
  if (sides.length === 0) return [];
  const own = new RegExp(`(?<![\\p{L}\\p{N}])(?:${sides.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  const next = new RegExp(`^(?<between>.{2,60}?)(?<other>${name})`, 'u');
  for (const unit of units) {
    const text = unit.acu.text.slice(0, 4_000);
    const ofPerson = unit.message.authorKind === 'human' && unit.message.authorName === null;
    if (ofPerson)
      for (const { role, name: who } of rolesIn(text))
        if (who !== null && called.has(who.toLowerCase())) note(role, null, unit);
    for (const match of text.matchAll(own)) {
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 120);
      for (const [pattern, relation] of between) {
        const { groups } = next.exec(after) ?? {};
        if (groups?.other === undefined || !pattern.test(groups.between ?? '')) continue;
        note(relation, groups.other.replace(/[.'’]+(?:s)?$/u, ''), unit);
        break;
      }
    }
  }
  return [...found.values()]
    .sort((a, b) => b.evidence.length - a.evidence.length || (a.relation < b.relation ? -1 : 1))
    .slice(0, 12)
    .map(({ evidence, ...rest }) => ({ ...rest, evidence: evidence.slice(0, 5) }));
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
