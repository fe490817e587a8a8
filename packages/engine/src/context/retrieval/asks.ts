/**
 * Whether what somebody typed is a question rather than words to be found: it ends in a question mark, or begins as questions do. Data
 * and one rule. Pure; it says nothing of what is asked.
 */

/** What questions begin with, language by language; what begins other sentences in one of the others is left out. */
const openings = `
who whom whose what which when where why how did do does is are was were am can could would should will have has had
wer wen wem wessen was wann wo woher wohin warum wieso weshalb wie welche welcher welches welchen hast habe hat haben hatte ist sind
qui que quoi quand où pourquoi comment quel quelle quels quelles combien est-ce qu'est-ce as-tu ai-je
qué quién quiénes cuándo dónde cómo cuál cuáles cuánto cuánta cuántos cuántas quem quando onde porque por qual quais quanto quanta
chi che cosa dove perché quale quali quanti quante wat wanneer waar waarom hoe welk hoeveel
кто кого что когда где куда откуда почему зачем как какой какая какие сколько
من ما ماذا متى أين لماذا كيف كم هل क्या कौन कब कहाँ कहां क्यों कैसे किसने`;
const opening: ReadonlySet<string> = new Set(openings.trim().split(/\s+/));

/** What asks of somebody to tell. */
const request =
  /^\s*(?:please\s+)?(?:(?:tell|remind|show|give)\s+(?:me|us)|summari[sz]e|explain|list|erzähl|sag\s+mir|zeig\s+mir|dis-moi|rappelle-moi|dime|cuéntame|recuérdame)(?![\p{L}])/iu;
/** Scripts whose questions do not begin with what makes them one. */
const asking =
  /(?:什么|什麼|哪里|哪裡|哪个|谁|誰|怎么|为什么|多少|几时|何|どこ|いつ|なぜ|どう|どの|いくら|ですか|ますか|누구|누가|언제|어디|무엇|뭐|왜|어떻게|얼마)/u;
const ending = /[?？؟]["'”’»)\s]*$/u;

/** @param text without what it quotes: the words around a quotation say whether something is asked of it */
export function isQuestion(text: string): boolean {
  const words = text.match(/[\p{L}\p{N}\p{M}'’-]+/gu) ?? [];
  if (words.length === 0) return false;
  if (ending.test(text) || asking.test(text) || request.test(text)) return true;
  const first = (words[0] ?? '').toLowerCase().replaceAll('’', "'");
  return words.length > 1 && (opening.has(first) || opening.has(first.replace(/'s$/, '')));
}
