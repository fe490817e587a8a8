/**
 * A conversation in fewer words, all of them its own: what was decided, what is still open, the code and the names in it, then
 * what tells most of the rest. Pure. Every line is a span of the message it cites; nothing is put into anyone's mouth. Knows no
 * budget: lines come most telling first, and whoever packs them takes as many as fit.
 */
import { blockOf } from '../../space/stores/bundle-blocks.ts';
import { folded } from '../name-index.ts';
import type { Quote } from '../quote.ts';
import { stopWords } from '../retrieval/stop-words.ts';
import { isAsking, isDecision, isOpen } from './cues.ts';
import { type Span, spansOf } from './spans.ts';

export type LineKind = 'decided' | 'open' | 'code' | 'said';

export interface CompressedLine {
  readonly quote: Quote;
  readonly kind: LineKind;
}

interface Telling extends CompressedLine {
  readonly place: number;
  readonly worth: number;
  /** Names and what code defines. */
  readonly names: readonly string[];
  readonly words: readonly string[];
}

/** What a line of each kind is worth, and a name nobody told yet. The person's own lines count more; what they wish, and where it began. */
const worth = { decided: 6, open: 5, code: 2, said: 1 } as const satisfies Record<LineKind, number>;
const more = { name: 1.2, opening: 5, human: 3, kept: 1.5, wish: 1.6, asked: 0.5 } as const;
const wishes: ReadonlySet<string> = new Set(['instruction', 'preference', 'personal_fact']);
/** UTF-16 units a line costs beside its own: a line too long for what it tells gives way to two short ones. */
const lineCost = 60;
/** Words nobody told yet that make a line worth telling in full. */
const fullLine = 5;
/** Lines one block offers. */
const mostOfBlock = 100;
/** Lines that are ranked; the rest is never reached by any budget a conversation is told in. */
const mostLines = 600;
/** A question is answered by a decision that says so much of it. */
const answered = { words: 2, share: 0.5 } as const;

/** A line of a block: what it is as far as its block tells. Whether what was asked was answered, only the whole can say. */
export interface BlockLine {
  readonly quote: Quote;
  readonly kind: LineKind | 'asked';
  readonly symbols: readonly string[];
  /** The first words of the person in this block. */
  readonly opens?: true;
}

/** The lines of one block of messages that a conversation may be told in, in the order they were said. */
export function tellingLines(units: readonly Quote[]): BlockLine[] {
  const opening = units.find(({ message }) => message.authorKind === 'human')?.acu.id;
  const lines: BlockLine[] = [];
  for (const unit of units) {
    for (const span of spansOf(unit)) {
      const opens = unit.acu.id === opening && !lines.some((line) => line.opens);
      lines.push({ ...span, kind: kindOf(span), ...(opens ? { opens } : {}) });
    }
  }
  if (lines.length <= mostOfBlock) return lines;
  const told = lines.map((line, place) =>
    lineOf(line, line.kind === 'asked' ? 'open' : line.kind, place, line.opens === true),
  );
  const best = new Set(
    ranked(told)
      .slice(0, mostOfBlock)
      .map(({ place }) => place),
  );
  return lines.filter((_, place) => best.has(place));
}

/**
 * A conversation from its blocks, most telling line first.
 * @param blocks in order
 * @param lastOfModel the last message of a model, or null: a question after it was not answered
 */
export function compressBlocks(
  blocks: readonly (readonly BlockLine[])[],
  lastOfModel: number | null,
): CompressedLine[] {
  let opened = false;
  const lines = blocks.flat().map((line, place) => {
    const opens = !opened && line.opens === true;
    opened ||= opens;
    const isOpen = line.quote.message.authorKind !== 'human' || line.quote.message.pk > (lastOfModel ?? -1);
    const kind = line.kind !== 'asked' ? line.kind : isOpen ? 'open' : 'said';
    return lineOf(line, kind, place, opens);
  });
  return ranked(settled(lines)).map(({ quote, kind }) => ({ quote: marked(quote, kind), kind }));
}

/** A whole conversation at once. @param units in the order they were said */
export function compressConversation(units: readonly Quote[]): CompressedLine[] {
  const blocks = Map.groupBy(units, ({ message }) => blockOf(message.pk));
  const models = units.filter(({ message }) => message.authorKind === 'model').map(({ message }) => message.pk);
  return compressBlocks([...blocks.values()].map(tellingLines), models.length === 0 ? null : Math.max(...models));
}

/** Lines of a conversation that was compressed before, most telling first again: what each is was found among all of them. */
export function rankLines(quotes: readonly Quote[]): CompressedLine[] {
  const lines = quotes.map((quote, place) => lineOf({ quote, symbols: [] }, kindOfMarked(quote), place, place === 0));
  return ranked(lines).map(({ quote, kind }) => ({ quote, kind }));
}

/** The kind stands in the type of the piece, which is one of its own: a decision in a paragraph is a decision. */
const typeOf = { decided: 'decision', open: 'question', code: 'code' } as const;
const marked = (quote: Quote, kind: LineKind): Quote => {
  const { type } = quote.acu;
  const plain = type === 'decision' || type === 'question' || type === 'code' ? 'statement' : type;
  return { ...quote, acu: { ...quote.acu, type: kind === 'said' ? plain : typeOf[kind] } };
};
const kindOfMarked = ({ acu }: Quote): LineKind =>
  acu.type === 'decision' ? 'decided' : acu.type === 'question' ? 'open' : acu.type === 'code' ? 'code' : 'said';

function lineOf({ quote, symbols }: Span, kind: LineKind, place: number, opens: boolean): Telling {
  const { text } = quote.acu;
  const names = kind === 'code' && symbols.length > 0 ? symbols : [...symbols, ...namesIn(text)];
  return {
    quote,
    kind,
    place,
    worth: worthOf(quote, kind) + (opens ? more.opening : 0),
    names: [...new Set(names.map((name) => name.toLowerCase()))],
    words: wordsOf(text),
  };
}

function kindOf({ quote, symbols }: Span): BlockLine['kind'] {
  const { acu } = quote;
  if (acu.type === 'code') return 'code';
  if (isOpen(acu.text)) return 'open';
  if (isAsking(acu.text)) return 'asked';
  if (isDecision(acu.text)) return 'decided';
  return symbols.length > 0 ? 'code' : 'said';
}

function worthOf({ acu, message }: Quote, kind: LineKind): number {
  const human = message.authorKind === 'human' ? more.human : 1;
  const kept = kind === 'said' && wishes.has(acu.type) ? more.wish : acu.type === 'decision' ? more.kept : 1;
  // What was answered is told by its answer; what a model asks is often never taken up.
  const asked = isAsking(acu.text) && (kind === 'said' || message.authorKind !== 'human') ? more.asked : 1;
  return worth[kind] * human * kept * asked * (0.5 + acu.quality / 2);
}

/** Questions that something decided later answers are told as what was said; so is a model's that its person took up. */
function settled(lines: readonly Telling[]): Telling[] {
  const decisions = lines.filter(({ kind }) => kind === 'decided');
  return lines.map((line) => {
    if (line.kind !== 'open') return line;
    const asked = new Set(line.words);
    const isAnswered = decisions.some(({ place, words }) => {
      if (place <= line.place) return false;
      const shared = words.filter((word) => asked.has(word)).length;
      return shared >= answered.words && shared >= asked.size * answered.share;
    });
    return isAnswered ? { ...line, kind: 'said', worth: worth.said } : line;
  });
}

/**
 * By what each adds to what was told before it, for its length: greedy, looked at again only where it may come next, because what a
 * line adds never grows (Minoux, 1978).
 */
function ranked(lines: readonly Telling[]): Telling[] {
  const toldNames = new Set<string>();
  const toldWords = new Set<string>();
  const adds = ({ worth: own, names, words, quote }: Telling): number => {
    const name = names.filter((one) => !toldNames.has(one)).length;
    const fresh = words.filter((word) => !toldWords.has(word)).length;
    // A line that says little that is new is worth little, whatever it is.
    const telling = Math.min(1, (fresh + name) / fullLine);
    const value = own * (0.1 + 0.9 * telling) + more.name * Math.min(3, name);
    return value / (lineCost + quote.acu.text.length);
  };
  const queue = lines.map((line) => ({ line, bound: adds(line) })).sort(byBound);
  const picked: Telling[] = [];
  while (queue.length > 0 && picked.length < mostLines) {
    const [first] = queue.splice(0, 1);
    if (first === undefined) break;
    const now = adds(first.line);
    const next = queue[0];
    if (next !== undefined && now < next.bound) {
      insert(queue, { line: first.line, bound: now });
      continue;
    }
    picked.push(first.line);
    for (const name of first.line.names) toldNames.add(name);
    for (const word of first.line.words) toldWords.add(word);
  }
  return picked;
}

interface Waiting {
  readonly line: Telling;
  readonly bound: number;
}
const byBound = (a: Waiting, b: Waiting): number => b.bound - a.bound || a.line.place - b.line.place;

function insert(queue: Waiting[], waiting: Waiting): void {
  let [low, high] = [0, queue.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byBound(queue[middle] as Waiting, waiting) < 0) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, waiting);
}

const wordsOf = (text: string): string[] => [
  ...new Set(
    folded(text)
      .split(' ')
      .filter((word) => word.length > 2 && !stopWords.has(word))
      .map((word) => word.replace(/(ation|ing|ed|es|s)$/, '')),
  ),
];

/** Words written as names are: with a capital inside a sentence, with capitals or signs inside them, in code marks, file names. */
const namePattern =
  /`([^`\n]{2,60})`|(?<![.!?:]\s|^)(?<![\p{L}\p{N}])(\p{Lu}[\p{L}\p{N}]+(?:[ -]\p{Lu}[\p{L}\p{N}]+)*)|(?<![\p{L}\p{N}])(\p{L}+[a-z]\p{Lu}\p{L}*|\p{L}[\p{L}\p{N}]*_[\p{L}\p{N}_]+|[\p{L}\p{N}_-]+\.(?:ts|tsx|js|py|go|rs|java|sql|md|json|ya?ml|toml|sh|csv|pdf|docx|xlsx))(?![\p{L}\p{N}])/gu;

export const namesIn = (text: string): string[] =>
  [...text.matchAll(namePattern)]
    .map((found) => found[1] ?? found[2] ?? found[3] ?? '')
    .filter((name) => name.length > 1);
