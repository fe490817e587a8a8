/** What each part of a file is, where it holds files of several sources: how many, and what the surest of them was known by. Pure. */
import type { Source } from '@vivim/contract/conversation';
import type { RecognisedPart } from '@vivim/contract/imports';
import type { ExportPlan } from './plan-shape.ts';
import { safeName } from './secrets/safe-names.ts';

/** The one with most files first. None where all files are of one source. */
export function partsOf({ streams, besides }: Pick<ExportPlan, 'streams' | 'besides'>): RecognisedPart[] {
  const parts = new Map<Source, RecognisedPart>();
  const files = new Map(
    [...besides.filter(({ claim }) => claim !== undefined), ...streams].map((one) => [one.path, one]),
  );
  for (const { source, path, claim } of files.values()) {
    const before = parts.get(source);
    const { confidence = 0, why = '' } = claim ?? {};
    const surest = before === undefined || confidence > before.confidence;
    parts.set(source, {
      source,
      files: (before?.files ?? 0) + 1,
      confidence: surest ? confidence : before.confidence,
      why: surest ? `${safeName(path)}: ${why}` : before.why,
    });
  }
  const all = [...parts.values()].sort((a, b) => b.files - a.files || (a.source < b.source ? -1 : 1));
  return all.length < 2 ? [] : all;
}

/** Said of the whole of it: what it holds, and not what the surest file of it is. */
export function withParts(plan: ExportPlan): ExportPlan {
  const parts = partsOf(plan);
  if (parts.length === 0) return { ...plan, parts };
  const confidence = Math.min(...parts.map((part) => part.confidence));
  return { ...plan, parts, confidence, why: `It holds files of ${parts.length} sources.` };
}
