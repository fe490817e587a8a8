/**
 * The several things one question is about: "considering my deadlines, the call with the director, and my visa". A vector of all
 * of it lies between them and near to none; each by itself finds its own. Pure.
 */
import { stopWords } from './stop-words.ts';

/** UTF-16 units below which a question is about one thing, and what is read of a part. */
const length = { several: 70, most: 300 } as const;
/** Words that tell something, of a part that stands by itself. */
const leastWords = 2;
const mostAspects = 6;

const between = /,\s*(?:and\s+)?|;\s*|\s+(?:and|und|et|e|y|en)\s+|[?.!。？！]\s*|[、，]/u;

/** The parts of a question, in its order; none where it has only one. @param matter without the form it is asked in */
export function aspectsOf(matter: string): string[] {
  if (matter.length < length.several) return [];
  const parts = matter
    .split(between)
    .map((part) => part.trim().slice(0, length.most))
    .filter((part) => tellingWords(part) >= leastWords);
  return parts.length > 1 ? parts.slice(0, mostAspects) : [];
}

const tellingWords = (part: string): number =>
  part.split(/\s+/).filter((word) => word !== '' && !stopWords.has(word.toLowerCase())).length;
