/**
 * Turn messages into Atomic Chat Units. Pure: the same message gives the same units with the same ids. Never reads or
 * writes a space; near-duplicates are linked there.
 */
import type { AcuLinkType, AcuType } from '@vivim/contract/acu';
import type { AuthorKind, PartKind, Role } from '@vivim/contract/conversation';
import type { AcuId, ConversationId, MessageId } from '@vivim/contract/ids';
import type { AcuDraft } from '../space/acu-draft.ts';
import { nestedId } from '../space/hash.ts';
import { codeLanguage, detectCodeLanguage } from '../space/words/code-language.ts';
import { languageOf } from '../space/words/language.ts';
import { markdownBlocks, trimRange } from './markdown-blocks.ts';
import { keyWords, normalText, textKey } from './unit-key.ts';
import { unitQuality } from './unit-quality.ts';
import { type UnitSpan, unitSpans } from './unit-spans.ts';
import { wholeBlocks } from './whole-blocks.ts';

export type { AcuDraft } from '../space/acu-draft.ts';

export interface SegmentableMessage {
  readonly id: MessageId;
  readonly conversationId: ConversationId;
  readonly role: Role;
  readonly authorKind: AuthorKind;
  readonly parts: readonly {
    readonly ix: number;
    readonly kind: PartKind;
    readonly text: string | null;
    readonly language: string | null;
  }[];
}

/** What a message replies to, as far as its units depend on it. */
export interface SaidBefore {
  readonly authorKind: AuthorKind;
  readonly units: readonly Pick<AcuDraft, 'id' | 'type'>[];
}

type Link = { readonly type: AcuLinkType; readonly to: AcuId; readonly weight: number };

/** Raised when the same text is cut or told otherwise: what was cut before is cut anew in the background. */
export const unitsVersion = 3;

/**
 * Kinds of parts whose text somebody said or brought along: what was pasted or attached is found like the rest, as a reference, and
 * is nobody's word of themselves. Calls and results are not somebody's words.
 */
const spoken: ReadonlySet<PartKind> = new Set(['text', 'code', 'reasoning', 'artifact', 'audio', 'file']);

/**
 * The units of one message of the active branch; none where neither a human nor a model wrote it.
 * @param previous what it replies to, for `answers` links
 * @param version of the rules; an older one only to know again what was erased under it
 */
export function segmentMessage(
  message: SegmentableMessage,
  previous: SaidBefore | null,
  version: number = unitsVersion,
): AcuDraft[] {
  if (message.authorKind !== 'human' && message.authorKind !== 'model') return [];
  const asked = message.authorKind === 'model' ? askedBy(previous) : [];
  const units: AcuDraft[] = [];
  let answered = false;
  /** How often a unit stood in the message before; the id of one does not depend on what others there are. */
  const seen = new Map<string, number>();
  for (const part of message.parts) {
    if (part.text === null || !spoken.has(part.kind) || (version < 2 && part.kind === 'file')) continue;
    const prose = part.kind === 'code' ? null : languageOf(part.text);
    const spans = spansOfPart(
      part.kind,
      part.text,
      message.authorKind === 'human' ? { language: prose } : null,
      version,
    );
    // Letters that English has not: its units may be in different languages.
    const mixed = spans.length > 1 && (prose === null || /[\u00c0-\u1fff\u2e80-\ud7ff]/.test(part.text));
    for (const span of spans) {
      const text = part.text.slice(span.start, span.end);
      const normal = normalText(text);
      const words = keyWords(normal);
      const answers: boolean = asked.length > 0 && !answered && span.type !== 'reasoning';
      const type: AcuType =
        answers && asked[0]?.type === 'question' && span.type === 'statement' ? 'answer' : span.type;
      const links: Link[] = answers ? asked.map(({ id }) => ({ type: 'answers', to: id, weight: 1 })) : [];
      answered ||= answers;
      const same = `${type}\n${normal}`;
      const nth = seen.get(same) ?? 0;
      seen.set(same, nth + 1);
      units.push({
        id: nestedId('a', message.conversationId, [message.id, String(nth), normal, type]) as AcuId,
        partIndex: part.ix,
        ordinal: units.length,
        start: span.start,
        end: span.end,
        type,
        language:
          type === 'code'
            ? (codeLanguage(span.info ?? part.language) ?? detectCodeLanguage(text))
            : ((mixed ? languageOf(text) : null) ?? prose),
        quality: unitQuality(text, words, type, span.hasHeading),
        textKey: textKey(normal, words),
        links,
      });
    }
  }
  return units.map((unit, i) => linked(unit, units[i + 1]));
}

function spansOfPart(
  kind: PartKind,
  text: string,
  human: { readonly language: string | null } | null,
  version: number,
): UnitSpan[] {
  if (kind === 'code') {
    const range = trimRange(text, 0, text.length);
    if (range === null) return [];
    return unitSpans(text, [{ kind: 'code', ...range, info: null, children: [] }], human !== null);
  }
  const blocks = markdownBlocks(text);
  const whole = version >= 1 ? wholeBlocks(text, blocks) : blocks;
  const spans = unitSpans(text, whole, human !== null, version >= 1 ? (human?.language ?? null) : 'en', version < 3);
  if (kind === 'reasoning') for (const span of spans) span.type = 'reasoning';
  if (kind === 'file')
    for (const span of spans) if (span.type !== 'code' && span.type !== 'table') span.type = 'reference';
  return spans;
}

/** What a model's message answers: the questions of the human message before it, else that message's last unit. */
function askedBy(previous: SaidBefore | null): SaidBefore['units'] {
  if (previous === null || previous.authorKind !== 'human') return [];
  const questions = previous.units.filter((unit) => unit.type === 'question');
  return questions.length > 0 ? questions.slice(-8) : previous.units.slice(-1);
}

/** Each unit leads to the next; prose that stands right before code explains it. */
function linked(unit: AcuDraft, next: AcuDraft | undefined): AcuDraft {
  if (next === undefined) return unit;
  const links: Link[] = [...unit.links, { type: 'next', to: next.id, weight: 1 }];
  const leadsIn = next.type === 'code' && unit.type !== 'code' && next.partIndex === unit.partIndex;
  if (leadsIn) links.push({ type: 'explains', to: next.id, weight: 1 });
  return { ...unit, links };
}
