/**
 * Questions of which the right conversation is known: its own title, and the first thing the person said in it. Made only where
 * there is one right answer and something left to find it by. Reads; asks nothing.
 */
import type { SelfQuestionKind } from '@vivim/contract/self-evaluation';
import type { AskedFor } from '../../space/stores/self-questions.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import { questionWords } from '../../space/words/question-words.ts';
import { stopWords } from '../retrieval/stop-words.ts';

export interface SelfQuestion {
  readonly kind: SelfQuestionKind;
  readonly text: string;
  readonly conversation: AskedFor;
  /** Not to be found: the question is it, or was made of it. */
  readonly firstMessagePk: number;
  readonly language: string | null;
}

export type NoQuestion = 'short' | 'wordless' | 'ambiguous';

/** UTF-16 units of a first message that are asked: about what somebody types into a search. */
const askedLength = 200;
/** Words that say something, below which a text asks for nothing in particular. */
const leastWords = 2;

/** @param sameTitle how many conversations have a title, lower case */
export function questionsFor(
  r: SpaceReader,
  conversation: AskedFor,
  sameTitle: ReadonlyMap<string, number>,
): readonly SelfQuestion[] | NoQuestion {
  const first = r.selfQuestions.first(conversation.pk);
  if (first === null || r.selfQuestions.others(conversation.pk, first.messagePk) === 0) return 'short';
  const said = shortened(
    r.acus
      .ofMessages([first.messagePk])
      .map(({ acu }) => acu.text)
      .join(' '),
  );
  const title = conversation.title?.trim() ?? '';
  const texts = [
    { kind: 'title' as const, text: title, isOne: (sameTitle.get(title.toLowerCase()) ?? 0) <= 1 },
    {
      kind: 'first_message' as const,
      text: said,
      isOne: !r.selfQuestions.isSaidElsewhere(conversation.pk, first.textKey),
    },
  ].filter(({ text }) => saysSomething(text));
  if (texts.length === 0) return 'wordless';
  const { messagePk: firstMessagePk, language } = first;
  const asked = texts
    .filter(({ isOne }) => isOne)
    .map(({ kind, text }) => ({ kind, text, conversation, firstMessagePk, language }));
  return asked.length === 0 ? 'ambiguous' : asked;
}

const saysSomething = (text: string): boolean =>
  questionWords(text).filter(({ text: word }) => !stopWords.has(word)).length >= leastWords;

/** Its beginning, up to the end of a word. */
function shortened(text: string): string {
  if (text.length <= askedLength) return text;
  const cut = text.slice(0, askedLength + 1);
  return cut.slice(0, Math.max(cut.search(/\s\S*$/), askedLength / 2)).toWellFormed();
}
