/**
 * Which kind a sentence of another language than English is, by how it begins and the verb it has: only what is plain. English has
 * rules of its own. Pure.
 */

import type { ProseType } from './prose-type.ts';
import { formerInstructions } from './unit-type-former.ts';

type Kind = Exclude<ProseType, 'statement' | 'reference'>;
type Rules = readonly (readonly [Kind, RegExp])[];

/** The border of a word in any letters; the one of patterns knows English ones alone. */
const border = '(?:(?<![\\p{L}\\p{N}])(?=[\\p{L}\\p{N}])|(?<=[\\p{L}\\p{N}])(?![\\p{L}\\p{N}]))';
const inWords = (body: string): RegExp => new RegExp(body.replaceAll('\\b', border), 'iu');

/** Made when the language is first met: most people write two, and sixty such patterns take 40 ms. */
function whenMet<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
const ofWords = (kinds: Readonly<Partial<Record<Kind, string>>>): (() => Rules) =>
  whenMet(() => Object.entries(kinds).map(([kind, body]) => [kind as Kind, inWords(body)] as const));

/** In the order they are tried. */
const languages: Readonly<Record<string, () => Rules>> = {
  de: ofWords({
    instruction:
      '^(?:bitte )?(?:immer|niemals|nie)\\b(?![^.!]*\\b(?:ich(?! (?:frage|schreibe|bitte|sage))|wir|mein\\p{L}*|mich|war|waren|ist|sind|hat|hatte|so|mehr)\\b)|^(?:bitte )?(?:ab (?:jetzt|sofort)|künftig|in zukunft)\\b|\\bab (?:jetzt|sofort)\\b|^(?:antworte|schreibe?|sprich)(?: mir)?(?: immer| nur)? (?:auf|in) ',
    question:
      '^(?:was|wer|wie|wo|wann|warum|wieso|weshalb|welche[rsnm]?|kannst du|können sie|könntest du|gib|schreib|erklär|übersetz|zeig|hilf|erstell)(?:e|en)?\\b',
    preference:
      '\\bich (?:mag|liebe|hasse|bevorzuge|esse (?:gern|lieber)|trinke (?:gern|lieber))\\b|\\b(?:mein|meine) lieblings|\\bich \\p{L}+ (?:am liebsten|lieber|gern)\\b',
    decision:
      '\\b(?:ich habe|wir haben|ich hab) (?:\\p{L}+ ){0,6}(?:entschieden|beschlossen|gewählt)\\b|\\bwir nehmen\\b',
    personal_fact:
      '\\bich (?:bin|wohne|lebe|arbeite|heiße|studiere|habe (?:eine?n?|zwei|drei|keine?n?)|komme aus)\\b|\\b(?:mein|meine)[nmrs]? (?:frau|mann|tochter|sohn|mutter|vater|hund|katze|chef|firma|bruder|schwester|name)\\b',
  }),
  fr: ofWords({
    instruction:
      '^(?:toujours|jamais) (?:\\p{L}+(?:er|ir|re)|réponds|répondez|écri[st]|écrivez|utilisez?|donnez?|commencez?|mets|mettez|fais|faites|citez?)\\b|^(?:désormais|à partir de maintenant|dorénavant)\\b|\\b(?:toujours|désormais) (?:répondre|répondez|réponds)|^(?:réponds|répondez)(?:-moi)? (?:toujours |uniquement )?en ',
    question:
      "^(?:qu'|que |quel|qui |où |quand |comment |pourquoi |combien |est-ce|peux-tu|pouvez-vous|explique|écris|traduis|donne|aide)",
    preference:
      "\\bj'(?:aime|adore|déteste)\\b|\\bje (?:préfère|n'aime pas)\\b|\\b(?:mon|ma|mes) \\p{L}+ préférée?s?\\b",
    decision: "\\b(?:j'ai|nous avons|on a) (?:décidé|choisi|opté)\\b",
    personal_fact:
      "\\bje (?:suis|m'appelle|vis|habite|travaille|viens de)\\b|\\bj'(?:habite|étudie|ai (?:un|une|deux|trois|\\d+ ans))|\\b(?:mon|ma|mes) (?:femme|mari|fille|fils|mère|père|chien|chat|patron|frère|sœur)\\b",
  }),
  es: ofWords({
    instruction:
      '^(?:siempre|nunca) (?:me )?(?:\\p{L}+(?:ar|er|ir)|responde|contesta|usa|utiliza|escribe|da(?:me)?|pon|empieza|uses|utilices|escribas|respondas|hables|des|háblame|respóndeme|incluye|cita|explica|muestra)\\b|^(?:de ahora en adelante|a partir de ahora)\\b|^(?:responde|contesta|escribe)(?:me)? (?:siempre |solo )?en ',
    question:
      '^¿|^(?:qué|quién|cómo|dónde|cuándo|por qué|cuál|cuánto|puedes|podrías|explica|escribe|traduce|dame|ayúdame)',
    preference:
      '\\bme (?:gusta|gustan|encanta|encantan)\\b|\\b(?:prefiero|odio|detesto)\\b|\\bmi \\p{L}+ favorit[oa]\\b',
    decision: '\\b(?:he|hemos) (?:decidido|elegido|optado)\\b|\\b(?:decidí|decidimos)\\b',
    personal_fact:
      '\\b(?:soy|vivo en|trabajo (?:en|como|de)|me llamo|estudio|tengo (?:un|una|dos|tres|\\d+))\\b|\\bmi (?:esposa|esposo|mujer|marido|hija|hijo|madre|padre|perro|gato|jefe|hermano|hermana)\\b',
  }),
  pt: ofWords({
    instruction:
      '^(?:sempre|nunca) (?:me )?(?:\\p{L}+(?:ar|er|ir)|responda|responde|respondas|use|usa|uses|utilize|escreva|escreve|dê|dá|comece|começa|inclua|cite|explique|mostre|fale|fala)\\b|^(?:de agora em diante|a partir de agora)\\b|^(?:responda|responde|escreva)(?:-me)? (?:sempre |apenas )?em ',
    question: '^(?:o que|quem|como|onde|quando|por que|porque|qual|quanto|você pode|podes|explique|escreva|traduza)',
    preference:
      '\\beu (?:gosto|adoro|prefiro|odeio|detesto)\\b|\\b(?:gosto|prefiro|adoro|não gosto)\\b|\\b(?:meu|minha) \\p{L}+ (?:favorit|preferid)[oa]\\b',
    decision: '\\b(?:decidi|decidimos|escolhi|escolhemos)\\b',
    personal_fact:
      '\\b(?:eu sou|sou|moro em|trabalho (?:na|no|em|como)|me chamo|estudo|tenho (?:um|uma|dois|duas|três|\\d+))\\b|\\b(?:meu|minha) (?:esposa|marido|filha|filho|mãe|pai|cachorro|gato|chefe|irmão|irmã)\\b',
  }),
  it: ofWords({
    instruction:
      "^(?:sempre|mai) (?:\\p{L}+(?:are|ere|ire)|rispondi|usa|scrivi|dai|dammi|inizia|comincia|includi|cita|spiega|parla)\\b|^d'ora in poi\\b|^(?:rispondi|scrivi)(?:mi)? (?:sempre |solo )?in ",
    question: '^(?:che cosa|cosa|chi|come|dove|quando|perché|quale|quanto|puoi|potresti|spiega|scrivi|traduci)',
    preference: '\\bmi (?:piace|piacciono)\\b|\\b(?:preferisco|adoro|odio|detesto)\\b',
    decision: '\\b(?:ho|abbiamo) (?:deciso|scelto)\\b',
    personal_fact:
      '\\b(?:sono (?:un|una|di)|vivo a|abito a|lavoro (?:in|come|per)|mi chiamo|studio|ho (?:un|una|due|tre|\\d+))\\b|\\b(?:mia|mio) (?:moglie|marito|figlia|figlio|madre|padre|fratello|sorella)\\b',
  }),
  ru: ofWords({
    instruction:
      '^(?:всегда|никогда|отныне|впредь)[, ]+(?:не )?(?:отвечай|пиши|используй|говори|давай|объясняй|обращайся|указывай|добавляй|называй|приводи|показывай)|^отвечай(?:те)? (?:мне )?(?:всегда |только )?(?:на|по)',
    question:
      '^(?:что|кто|как|где|когда|почему|зачем|какой|какая|какие|сколько|можешь|можете|объясни|напиши|переведи|помоги)(?=[\\s,])',
    preference: '(?:^|\\s)я (?:очень )?(?:люблю|обожаю|ненавижу|предпочитаю|не люблю)|мо[йяё] любим',
    decision: '(?:^|\\s)(?:я|мы) (?:решил|решила|решили|выбрал|выбрала|выбрали)',
    personal_fact:
      '(?:^|\\s)(?:я (?:живу|работаю|учусь|родился|родилась)|меня зовут|мне \\d+|у меня (?:есть|два|две|три)|мо[йяи] (?:жена|муж|дочь|сын|мама|папа|мать|отец|брат|сестра|собака|кошка))',
  }),
  zh: ofWords({
    instruction:
      '^(?:请)?(?:以后|从现在起|今后|永远|始终)[，,]?(?:都|请)*(?:用|别|不要|回答|叫我|称呼|先|给出|保持|写)|请(?:总是|始终|一直|务必)|^(?:请)?用(?:中文|英文|英语)回答',
    question:
      '[吗呢][?？]?$|^(?:请问|什么|怎么|如何|为什么|谁|哪|能不能|可以|帮我|请(?:帮|写|解释|翻译|给)|写一|解释|翻译)',
    preference: '我(?:很|最|非常|不|更|特别)?(?:喜欢|爱吃|讨厌|偏好|喜爱)|我最爱',
    decision: '(?:我|我们)(?:已经|最终)?(?:决定|选择了|选了)',
    personal_fact:
      '我(?:是|住在|在.{1,12}(?:工作|上班|上学)|叫|今年|有(?:一|两|三|个))|我的?(?:妻子|老婆|丈夫|老公|女儿|儿子|妈妈|爸爸|父亲|母亲|狗|猫|哥哥|姐姐|弟弟|妹妹|公司|名字)',
  }),
  ja: ofWords({
    instruction:
      '^(?:これから|今後|常に|いつも|必ず|絶対に)[^。]*(?:[てで](?:ください|下さい)|て(?:ほしい|欲しい)(?:です)?|ないで|お願いします|すること)[。！!\\s]*$|日本語で(?:答|回答|返)',
    question: '(?:か|かな|の)[?？。]?$|教えて|してください[。]?$|^(?:何|どう|なぜ|いつ|どこ|誰)',
    preference: '(?:好き|大好き|嫌い|苦手|好み)(?:です|だ|。|な|じゃ|で|$)',
    decision: '(?:ことに(?:した|しました|決め)|決めました|決めた)',
    personal_fact:
      '(?:私|僕|俺)は.{1,30}(?:です|だ|住んで|働いて|います)|(?:私|僕|俺)の(?:妻|夫|娘|息子|母|父|犬|猫|会社|名前|兄|姉|弟|妹)|(?:に住んで|で働いて)い',
  }),
  ko: ofWords({
    instruction:
      '^(?:앞으로|항상|언제나|절대)[^.]*(?:줘|주세요|하세요|마세요|하지 마|부탁\\p{L}*|할 것)[.!\\s]*$|한국어로 (?:답|대답)',
    question:
      '(?:까요|나요|니|가요|습니까|은가|는가)[?？.]?$|(?:알려|설명해|써|번역해|도와) ?(?:줘|주세요)|^(?:무엇|뭐|어떻게|왜|누가|언제|어디)',
    preference: '(?:좋아(?:해|합니다|하는)|싫어(?:해|합니다)|선호)',
    decision: '(?:하기로 (?:했|결정)|결정했|선택했)',
    personal_fact:
      '(?:저는|나는|전|난) .{1,30}(?:입니다|이에요|예요|살아|삽니다|일해|일합니다|다닙니다)|(?:제|내|우리) (?:아내|남편|딸|아들|엄마|아빠|어머니|아버지|강아지|고양이|회사|이름|형|누나|동생)',
  }),
  ar: ofWords({
    instruction:
      '^(?:دائما|دائمًا|أبدا|من الآن فصاعدا|من الآن)،? (?:لا )?(?:أجب|أجبني|اكتب|استخدم|استعمل|خاطبني|ناديني|اشرح|تستخدم|تكتب|تجب)|^أجب (?:دائما )?ب',
    question: '^(?:ما|ماذا|من|كيف|أين|متى|لماذا|هل|كم|اشرح|اكتب|ترجم|ساعدني)(?=\\s)',
    preference: '(?:^|\\s)(?:أحب|أفضل|أكره|لا أحب|المفضل|المفضلة)',
    decision: '(?:^|\\s)(?:قررت|قررنا|اخترت|اخترنا)',
    personal_fact: '(?:^|\\s)(?:أنا|أعيش|أسكن|أعمل|اسمي|عمري|لدي|عندي|زوجتي|زوجي|ابنتي|ابني|أمي|أبي|أخي|أختي)(?=\\s)',
  }),
  hi: ofWords({
    instruction:
      '^(?:हमेशा|अब से|आगे से) [^।]*(?:दो|दें|दीजिए|करो|करें|कीजिए|लिखो|लिखें|लिखिए|बताओ|बताएँ|बताइए|रखो|रखें|बुलाओ|बुलाएँ)[।.!\\s]*$|हिंदी में (?:जवाब|उत्तर)',
    question: '^(?:क्या|कौन|कैसे|कहाँ|कहां|कब|क्यों|कितने|कितना)|(?:बताओ|बताइए|समझाओ|लिखो|लिखिए)[।.]?$',
    preference: 'मुझे .{1,40}(?:पसंद|नापसंद|नफ़रत)',
    decision: '(?:फैसला|फ़ैसला|तय) (?:किया|कर लिया)',
    personal_fact: '^(?:मैं|मेरा|मेरी|मेरे) .{1,60}(?:हूँ|हूं|है|हैं|रहता|रहती|करता|करती)',
  }),
};

const former: Readonly<Record<string, () => RegExp>> = Object.fromEntries(
  Object.entries(formerInstructions).map(([language, body]) => [language, whenMet(() => inWords(body))]),
);

const all = ['de', 'fr', 'es', 'pt', 'it'];

/**
 * @param language of the text it stands in, or null where that is not clear
 * @param byFormer as it was told before version 3 of the rules of units
 * @returns null where no rule says more than that it is a statement
 */
export function typeInLanguage(sentence: string, language: string | null, byFormer: boolean): Kind | null {
  for (const one of language === null ? all : [language]) {
    if (byFormer && former[one]?.().test(sentence) === true) return 'instruction';
    for (const [kind, rule] of languages[one]?.() ?? [])
      if (!(byFormer && kind === 'instruction') && rule.test(sentence)) return kind;
  }
  return null;
}

export const hasRules = (language: string): boolean => language in languages;
