/** What is kept of a compiled context: which lines, which not, and why. Pure. Holds ids, never what they say. */
import type { AssemblyLine } from '@vivim/contract/assembly';
import type { Bundle, BundleCitation, BundleOmission } from '@vivim/contract/context';
import type { AssemblyDetails } from '../space/stores/assemblies.ts';
import type { Candidate } from './candidate.ts';

/** Left-out things that are kept one by one. */
const mostLeft = 200;

export function assemblyDetails(bundle: Omit<Bundle, 'id'>, candidates: readonly Candidate[]): AssemblyDetails {
  const ranks = new Map(candidates.map((candidate, i) => [candidate.acu.id as string, { candidate, rank: i + 1 }]));
  const found = (id: string | null): Pick<AssemblyLine, 'rank' | 'score' | 'reasons'> => {
    const known = id === null ? undefined : ranks.get(id);
    if (known === undefined) return { rank: null, score: null, reasons: [] };
    const { candidate, rank } = known;
    return { rank, score: rounded(candidate.score), reasons: [...candidate.reasons] };
  };
  const given = bundle.citations.map((citation): AssemblyLine => {
    const { acuId, layer, ref } = citation;
    return { state: 'given', layer, ref, acuId, memoryId: memoryOf(citation), ...found(acuId) };
  });
  const here = new Set(given.map(({ acuId }) => acuId));
  const told = bundle.omitted.flatMap((omission) => leftLine(omission, found));
  const toldIds = new Set(told.map(({ acuId }) => acuId));
  const untold = candidates
    .filter(({ acu }) => !here.has(acu.id) && !toldIds.has(acu.id))
    .map(
      ({ acu }): AssemblyLine => ({
        state: 'budget',
        layer: 'L5',
        ref: null,
        acuId: acu.id,
        memoryId: null,
        ...found(acu.id),
      }),
    );
  return {
    layers: bundle.layers,
    timings: bundle.timings,
    found: candidates.length,
    given,
    left: [...told, ...untold].slice(0, mostLeft),
  };
}

function leftLine(
  { reason, layer, acuId, memoryId }: BundleOmission,
  found: (id: string | null) => Pick<AssemblyLine, 'rank' | 'score' | 'reasons'>,
): AssemblyLine[] {
  if (acuId === undefined && memoryId === undefined) return [];
  const ids = { acuId: acuId ?? null, memoryId: memoryId ?? null };
  return [{ state: reason, layer, ref: null, ...ids, ...found(ids.acuId) }];
}

const memoryOf = (citation: BundleCitation) => ('memory' in citation ? citation.memory.id : null);

const rounded = (score: number): number => Math.round(score * 1e6) / 1e6;
