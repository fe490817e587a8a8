/**
 * The clauses of a sentence: where it goes on to a request or a question, what stands before is a statement of its own. "I live in
 * Porto, what can I do there?" says where somebody lives. Pure; a clause is exactly a slice of the text.
 */
import { asksInScripts, lastComma } from './rules/guards-of-scripts.ts';

export interface Clause {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly asks: boolean;
}

const asking = String.raw`(?:(?:so|and|but|then|also|which is why|,)\s+)*(?:can|could|would|will|should|shall|do|does|did|is|are|am|what|what's|how|how's|where|when|why|which|who|any|please|help|tell|give|show|suggest|recommend|write|explain|kannst|könntest|was|wie|wo|welche\p{L}*|peux-tu|pouvez-vous|pourrais-tu|quel\p{L}*|comment|où|puedes|podrías|qué|cómo|dónde|cuál|pode|você pode|poderia|o que|como|onde|qual|что|как|где|куда|когда|почему|какой|какая|какие|сколько|стоит ли|можешь|можете|подскажи|подскажите|посоветуй|посоветуйте|помоги|помогите|ما|ماذا|كيف|أين|هل|كم|متى|لماذا|क्या|कैसे|कहाँ|कौन|कितने|बताओ|बताइए)(?![\p{L}\p{M}])`;
const seam = new RegExp(
  String.raw`[,،;:–—]\s+(?=${asking})|(?<![\u0400-\u052f])\s+[–—-]\s+|;\s+|\s+(?=(?:so|and|but) (?:can|could|would|what|how|where|which) (?:you|i|we|is|are|do|should)(?!\p{L}))`,
  'iu',
);
const begins = new RegExp(String.raw`^\s*[¿¡]?${asking}`, 'iu');
/** A clause as said first: what opens it says nothing. */
const opening =
  /^(?:\s|[-*•>]\s|no[,.!:]\s+|(?:(?:hi|hey|hello)(?!(?: there| all| everyone)?[,.!]? (?:i['’]m|i am|this is) )|ok(?:ay)?|so|well|yes|yeah|oh|also|and|but|btw|by the way|actually|fyi|just so you know|for context|note that|remember(?: that)?|keep in mind(?: that)?|please remember(?: that)?|thanks|thank you|hallo|also|bonjour|salut|hola|olá|oi|привет|здравствуйте|кстати|مرحبا|مرحبًا|नमस्ते|안녕하세요)[,،.!:]?\s+|(?:你好|您好|大家好|こんにちは|はじめまして)[，,、。！!]?\s*)+/iu;

/** Scripts that say much in few letters, and whose clauses no small word sets apart. */
export const dense = /[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]/u;

export function clausesOf(sentence: string, at = 0): Clause[] {
  const found: Clause[] = [];
  let from = 0;
  const asksAtEnd = /[?？؟]["'”’)」』\s]*$/u.test(sentence) || asksInScripts.test(sentence);
  while (from < sentence.length) {
    const left = sentence.slice(from);
    const cut = seam.exec(left) ?? (asksAtEnd && from === 0 && dense.test(left) ? lastComma.exec(left) : null);
    const length = cut === null ? left.length : cut.index;
    const next = cut === null ? sentence.length : from + cut.index + Math.max(1, cut[0].length);
    const raw = left.slice(0, length);
    const skipped = opening.exec(raw)?.[0].length ?? 0;
    const text = raw.slice(skipped).trimEnd();
    const isLast = next >= sentence.length;
    if (text !== '')
      found.push({
        text,
        start: at + from + skipped,
        end: at + from + skipped + text.length,
        asks: asksAtEnd && (isLast || /^\s*¿/.test(raw) || begins.test(raw.slice(skipped))),
      });
    from = next;
  }
  return found;
}
