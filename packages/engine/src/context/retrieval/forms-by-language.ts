/**
 * How a question is asked in German, French, Spanish, Portuguese and Italian, apart from what it is about: "was habe ich über … gesagt",
 * "combien de fois", "¿qué me aconsejaste?". Data; pure. English forms stand in `question-form.ts`.
 */

const whole = (head: string, about: string, tail = ''): RegExp =>
  new RegExp(`^[\\s¿]*(?:${head})\\s+(?:(?:${about})\\s+)?(?<matter>\\S.*?)${tail}\\s*[?!.]*\\s*$`, 'isu');

/** Where it was said, and that it was: of each only `matter` is asked for. */
export const saidForms: readonly RegExp[] = [
  whole(
    '(?:was|wann|wo|worüber|wie\\s+(?:oft|viel))\\s+(?:habe?|hatten?|haben)\\s+(?:ich|wir)(?:\\s+(?:dir|euch|je(?:mals)?|schon|mal|alles|zuerst|zuletzt|erstmals|zum\\s+(?:ersten|letzten)\\s+mal))*',
    'über|von|zu|wegen',
    '\\s+(?:gesagt|erwähnt|erzählt|gesprochen|geredet|berichtet|geschrieben)',
  ),
  whole(
    "(?:qu['’]est-ce\\s+que\\s+(?:j['’]ai|nous\\s+avons|on\\s+a)|qu['’](?:ai-je|avons-nous)|(?:quand|où|combien\\s+de\\s+fois)\\s+(?:est-ce\\s+que\\s+)?(?:j['’]ai|ai-je|nous\\s+avons|avons-nous|on\\s+a))\\s+(?:déjà\\s+)?(?:dit|parlé|mentionné|raconté|écrit)(?:\\s+pour\\s+la\\s+(?:première|dernière)\\s+fois)?",
    'de\\s+la|de|du|des|sur|à\\s+propos\\s+d[eu]|au\\s+sujet\\s+d[eu]',
  ),
  whole(
    '(?:qué|cu[aá]ndo|d[oó]nde|cu[aá]ntas\\s+veces)\\s+(?:te\\s+)?(?:dije|mencioné|conté|hablé|escribí|dijimos|hablamos|(?:he|hemos)\\s+(?:dicho|mencionado|contado|hablado|escrito))(?:\\s+por\\s+(?:primera|última)\\s+vez)?',
    'de|del|sobre|acerca\\s+del?',
  ),
  whole(
    '(?:o\\s+que|quando|onde|quantas\\s+vezes)\\s+(?:é\\s+que\\s+)?(?:eu\\s+|nós\\s+)?(?:te\\s+|já\\s+)?(?:disse|mencionei|contei|falei|escrevi|dissemos|falámos|falamos)(?:\\s+pela\\s+(?:primeira|última)\\s+vez)?',
    'de|d[oa]s?|sobre|acerca\\s+d[eoa]',
  ),
  whole(
    '(?:(?:che\\s+)?cosa|quando|dove|quante\\s+volte)\\s+(?:ti\\s+)?(?:ho|abbiamo)\\s+(?:detto|menzionato|raccontato|parlato|scritto)(?:\\s+per\\s+la\\s+(?:prima|ultima)\\s+volta)?',
    'di|del(?:la|lo)?|dei|delle|su|sul(?:la)?|riguardo\\s+a',
  ),
];

/** What kind of answer is wanted: how often, in which order. */
export const wantedForms: readonly RegExp[] = [
  /(?<!\p{L})(?:in\s+welcher\s+reihenfolge|wie\s+oft|wie\s+viele\s+male|dans\s+quel\s+ordre|combien\s+de\s+fois|en\s+qu[eé]\s+orden|cu[aá]ntas\s+veces|em\s+que\s+ordem|quantas\s+vezes|in\s+(?:che|quale)\s+ordine|quante\s+volte)(?!\p{L})/giu,
];

/** Who asks so wants what was answered. The person mostly stands inside the verb. */
export const answerForms: readonly RegExp[] = [
  /\b(?:hast|hattest)\s+du\b.*\b(?:empfohlen|vorgeschlagen|geraten|gesagt|genannt|erklärt|erwähnt|gegeben|beschrieben|aufgezählt|geschrieben|geantwortet|gemeint)\b/iu,
  /\bdu\b.*\b(?:empfohlen|vorgeschlagen|geraten|gesagt|genannt|erklärt|erwähnt|gegeben|beschrieben|aufgezählt|geschrieben|geantwortet)\s+(?:hast|hattest)\b/iu,
  /\b(?:empfahlst|sagtest|nanntest|rietest|schlugst|erklärtest|meintest|gabst)\s+du\b|\bdu\s+(?:empfahlst|sagtest|nanntest|rietest|erklärtest)\b/iu,
  /\bdeine[mnrs]?\s+(?:rat|ratschl[aä]ge?n?|vorschl[aä]ge?n?|empfehlung(?:en)?|antwort(?:en)?|tipps?|erklärung(?:en)?)\b|\bdein\s+(?:rat|vorschlag|tipp)\b/iu,
  /\b(?:tu|vous)\s+(?:m['’]|me\s+|nous\s+)?(?:as|avez|avais|aviez)\s+(?:\p{L}+\s+)?(?:recommandé|conseillé|suggéré|proposé|dit|expliqué|donné|cité|mentionné|décrit|répondu|écrit)/iu,
  /\b(?:as|avez|avais|aviez)-(?:tu|vous)\s+(?:\p{L}+\s+)?(?:recommandé|conseillé|suggéré|proposé|dit|expliqué|donné|cité|mentionné|décrit|répondu|écrit)/iu,
  /\b(?:ton|ta|tes|votre|vos)\s+(?:conseils?|suggestions?|recommandations?|réponses?|propositions?|explications?)(?![\p{L}])/iu,
  /\b(?:recomendaste|aconsejaste|sugeriste|propusiste|dijiste|explicaste|diste|nombraste|mencionaste|describiste|enumeraste|respondiste|escribiste)(?![\p{L}])/iu,
  /\b(?:me|nos)\s+(?:has|habías)\s+(?:recomendado|aconsejado|sugerido|propuesto|dicho|explicado|dado|nombrado|descrito|respondido|escrito)\b/iu,
  /\btus?\s+(?:consejos?|sugerencias?|recomendaci(?:ón|ones)|respuestas?|propuestas?|explicaci(?:ón|ones))(?![\p{L}])/iu,
  /(?<!\p{L})(?:você|tu)\s+(?:me\s+|nos\s+)?(?:tinha\s+|havia\s+)?(?:recomend|aconselh|suger|propôs|disse|expli|deu|list|cit|mencion|descrev|respond|escrev)\p{L}*/iu,
  /(?<!\p{L})(?:aconselhaste|sugeriste|propuseste|disseste|deste|listaste|citaste)(?!\p{L})/iu,
  /(?<!\p{L})(?:(?:seu|teu)s?\s+conselhos?|(?:sua|tua)s?\s+(?:sugest(?:ão|ões)|recomendaç(?:ão|ões)|respostas?|propostas?|explicaç(?:ão|ões)))(?!\p{L})/iu,
  /(?<!\p{L})(?:mi|ci)\s+(?:hai|avevi)\s+(?:raccomandat|consigliat|suggerit|propost|dett|spiegat|dat|elencat|citat|menzionat|descritt|rispost|scritt)[oaie](?!\p{L})/iu,
  /(?<!\p{L})(?:tuo\s+(?:consiglio|suggerimento)|tuoi\s+(?:consigli|suggerimenti)|tua\s+(?:risposta|proposta|spiegazione)|tue\s+(?:risposte|proposte|spiegazioni))(?!\p{L})/iu,
];
