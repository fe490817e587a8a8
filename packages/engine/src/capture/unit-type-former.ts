/**
 * What the rules of units before version 3 took for an instruction: any sentence that begins with "always" or "never". Data. Read only to
 * know again, cut as it was then, what was erased under them.
 */
export const formerInstructions: Readonly<Record<string, string>> = {
  de: '^(?:bitte )?(?:immer|niemals|nie|ab (?:jetzt|sofort)|künftig|in zukunft)\\b.*|\\bab (?:jetzt|sofort)\\b|^(?:antworte|schreibe?|sprich)(?: mir)?(?: immer| nur)? (?:auf|in) ',
  fr: '^(?:toujours|jamais|désormais|à partir de maintenant|dorénavant)\\b|\\b(?:toujours|désormais) (?:répondre|répondez|réponds)|^(?:réponds|répondez)(?:-moi)? (?:toujours |uniquement )?en ',
  es: '^(?:siempre|nunca|de ahora en adelante|a partir de ahora)\\b|^(?:responde|contesta|escribe)(?:me)? (?:siempre |solo )?en ',
  pt: '^(?:sempre|nunca|de agora em diante|a partir de agora)\\b|^(?:responda|responde|escreva)(?:-me)? (?:sempre |apenas )?em ',
  it: "^(?:sempre|mai|d'ora in poi)\\b|^(?:rispondi|scrivi)(?:mi)? (?:sempre |solo )?in ",
  ru: '^(?:всегда|никогда|отныне|впредь)(?=\\s)|^отвечай(?:те)? (?:мне )?(?:всегда |только )?(?:на|по)',
  zh: '^(?:请)?(?:以后|从现在起|今后|永远|始终)|请(?:总是|始终|一直|务必)|^(?:请)?用(?:中文|英文|英语)回答',
  ja: '^(?:これから|今後|常に|いつも|必ず|絶対に).*(?:ください|して|こと|で)|日本語で(?:答|回答|返)',
  ko: '^(?:앞으로|항상|언제나|절대).*|한국어로 (?:답|대답)',
  ar: '^(?:دائما|دائمًا|أبدا|من الآن فصاعدا|من الآن)|^أجب (?:دائما )?ب',
  hi: '^(?:हमेशा|कभी नहीं|अब से|आगे से)|हिंदी में (?:जवाब|उत्तर)',
};
