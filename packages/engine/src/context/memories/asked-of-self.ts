/**
 * What a question asks of the person who asks it: their name, where they live, who their landlord is, everything that is known. A memory says such a thing in
 * words of its own ("Is called …"), which no word of the question finds; it is looked up by what it says something of. Patterns by
 * language, and one rule. Pure.
 */
import { rolesAsked } from './rules/roles-one-has.ts';

export interface AskedOfSelf {
  /** Attributes of memories; one that ends in a colon is the beginning of several. */
  readonly attributes: readonly string[];
  /** It asks for all that is known, and by no word for anything. */
  readonly whole: boolean;
}

/** Longer texts ask for something else too. */
const longest = 160;

const either = (...forms: string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${forms.join('|')})(?![\\p{L}\\p{M}\\p{N}])`, 'iu');

/** English, German, French, Spanish, Portuguese, Italian, Russian, Chinese, Japanese, Korean, Arabic and Hindi, in this order. */
const asked: readonly (readonly [form: RegExp, attributes: readonly string[]])[] = [
  [
    either(
      "(?:what(?:['’]?s| is| was)|do you (?:know|remember)) my (?:full |first |last )?name|what name did i (?:say|mention|give|tell you)",
      'wie hei(?:ß|ss)e ich|wie ist mein name',
      "comment (?:est-ce que )?je m['’]appelle|quel est mon (?:nom|prénom)",
      'c[oó]mo me llamo|cu[aá]l es mi (?:nombre|apellido)',
      'como (?:eu )?me chamo|qual (?:é )?o? ?meu nome',
      'come mi chiamo|qual (?:è )?il mio (?:nome|cognome)',
      'как меня зовут|как мо[её] имя',
      'ما (?:هو )?اسمي|मेरा नाम क्या(?: है)?',
    ),
    ['name'],
  ],
  [
    either(
      "where (?:do|did|am) i (?:currently |now )?(?:live|living|based)|what(?:['’]?s| is) my (?:home ?town|home city|city|address)|(?:which|what) (?:city|town|place|country) (?:do i live in|did i (?:say|mention|tell you) (?:that )?i live)",
      'wo (?:wohne|lebe|wohnte) ich|wie ist meine adresse',
      "où (?:est-ce que )?j['’]habite|où habité-je|où est-ce que je vis|quelle est mon adresse",
      'd[oó]nde vivo|cu[aá]l es mi direcci[oó]n',
      'onde (?:eu )?(?:moro|vivo)|qual (?:é )?o? ?meu endereço',
      'dove (?:vivo|abito)|qual (?:è )?il mio indirizzo',
      'где я живу|какой мой адрес',
      'أين (?:أسكن|أعيش)|मैं कह(?:ाँ|ां) रहत[ाी](?: ह(?:ूँ|ूं))?',
    ),
    ['home', 'address'],
  ],
  [
    either(
      "how old am i|what(?:['’]?s| is) my age",
      'wie alt bin ich',
      "quel âge ai-je|quel âge (?:est-ce que )?j[’']ai|quel est mon âge",
      'cu[aá]ntos años tengo|qu[eé] edad tengo|cu[aá]l es mi edad',
      'quantos anos (?:eu )?tenho|qual (?:é )?a? ?minha idade',
      'quanti anni ho|qual (?:è )?la mia età',
      'сколько мне лет',
      'كم عمري|मेरी उम्र(?: क्या| कितनी)?(?: है)?',
    ),
    ['age', 'birthday', 'birth year'],
  ],
  [
    either(
      "when(?:['’]?s| is| was) (?:my birthday|i born)|what(?:['’]?s| is) my (?:birthday|birth date|date of birth)",
      'wann (?:habe ich geburtstag|bin ich geboren|wurde ich geboren|ist mein geburtstag)',
      'quand (?:est|suis-je) (?:mon anniversaire|née?)',
      'cu[aá]ndo (?:es mi cumpleaños|nac[ií])',
      'quando (?:é (?:o )?meu aniversário|(?:eu )?nasci)',
      'quando (?:è il mio compleanno|sono nat[oa])',
      'когда (?:у меня день рождения|я родил(?:ся|ась))',
    ),
    ['birthday', 'birth year', 'age'],
  ],
  [
    either(
      'where (?:am i from|was i born|did i grow up)|where do i come from',
      'wo (?:bin|wurde) ich geboren|woher komme ich',
      "où suis-je née?|d[’']où (?:est-ce que je viens|viens-je)",
      'd[oó]nde nac[ií]|de d[oó]nde soy',
      'onde (?:eu )?nasci|de onde (?:eu )?sou',
      'dove sono nat[oa]|da dove vengo',
      'где я родил(?:ся|ась)|откуда я',
    ),
    ['birthplace', 'origin'],
  ],
  [
    either(
      "what(?:['’]?s| is) my (?:current )?(?:job|occupation|profession|job title)|what (?:job|occupation|profession|trade|line of work) (?:did i (?:say|mention|tell you)|do i have|am i in)|what do i do (?:for (?:a living|work)|professionally)|where do i (?:currently )?work|who do i work for|who(?:['’]?s| is) my employer",
      'wo arbeite ich|als was arbeite ich|was bin ich von beruf|was ist mein beruf|bei wem arbeite ich',
      'où (?:est-ce que )?je travaille|quel est mon (?:métier|travail|emploi)|quelle est ma profession',
      'd[oó]nde trabajo|cu[aá]l es mi (?:trabajo|profesi[oó]n)|a qu[eé] me dedico|en qu[eé] trabajo',
      'onde (?:eu )?trabalho|qual (?:é )?[oa]? ?(?:meu|minha) (?:trabalho|emprego|profissão)|com o que (?:eu )?trabalho',
      'dove lavoro|che lavoro faccio|qual (?:è )?il mio lavoro',
      'где я работаю|кем я работаю',
    ),
    ['occupation', 'employer'],
  ],
  [
    either(
      'what am i allergic to|what are my allergies|do i have (?:any )?allergies|am i allergic',
      'wogegen bin ich allergisch|welche allergien habe ich',
      'à quoi (?:est-ce que )?(?:je suis|suis-je) allergique|quelles sont mes allergies',
      'a qu[eé] soy al[eé]rgic[oa]|cu[aá]les son mis alergias',
      'a (?:o )?que (?:eu )?sou alérgic[oa]|quais (?:são )?(?:as )?minhas alergias',
      'a (?:che )?cosa sono allergic[oa]|quali (?:sono )?le mie allergie',
      'на что у меня аллергия',
    ),
    ['allergy:'],
  ],
  [either('am i married|was i married', 'bin ich verheiratet', 'suis-je marié(?:e)?', 'estoy casad[oa]'), ['marriage']],
  [
    either('how many (?:kids|children) do i have|do i have (?:any )?(?:kids|children)', 'wie viele kinder habe ich'),
    ['children'],
  ],
  [either('what (?:kind of )?car do i (?:drive|have|own)', 'welches auto (?:fahre|habe) ich'), ['car']],
  [/我叫什么|我的名字|我叫什麼|私の名前|僕の名前|내 이름/u, ['name']],
  [/我(?:现在)?住在?哪|私はどこに住|내가 어디(?:에)? (?:살|사)|나는 어디(?:에)? (?:살|사)/u, ['home', 'address']],
  [/我(?:今年)?(?:多大|几岁|幾歲)|私は(?:何歳|いくつ)|(?:나는|내가|내 나이) ?몇 ?살|내 나이/u, ['age', 'birthday']],
  [/我的生日|私の誕生日|내 생일/u, ['birthday', 'age']],
  [/我(?:在哪里?工作|做什么工作|的工作|的职业)|私の(?:仕事|職業)|내 직업/u, ['occupation', 'employer']],
  [/我对什么过敏|私は何にアレルギー|私のアレルギー|내 알레르기/u, ['allergy:']],
];

const whole = [
  either(
    "who am i|what (?:do|did) you (?:already )?(?:know|remember|learn) about me|what have i told you about (?:me|myself)|tell me (?:everything )?(?:you know )?about (?:me|myself)|tell me what you know about me|what(?:['’]?s| is) known about me",
    'wer bin ich|was wei(?:ß|ss)t du (?:alles )?(?:über mich|von mir)|was habe ich dir (?:alles )?(?:über|von) mi(?:ch|r) erzählt',
    "qui suis-je|que sais-tu (?:de|sur) moi|qu[’']est-ce que tu sais (?:de|sur) moi",
    'qui[eé]n soy(?: yo)?|qu[eé] sabes (?:de|sobre) m[ií]',
    'quem (?:sou eu|eu sou)|o que (?:você |tu )?sabes? (?:de|sobre) mim',
    'chi sono(?: io)?|(?:che )?cosa sai (?:di|su) (?:di )?me',
    'кто я|что ты (?:знаешь|помнишь) обо мне',
    'من أنا|ماذا تعرف عني|मैं कौन ह(?:ूँ|ूं)|तुम मेरे बारे में क्या जानते हो',
  ),
  /^\s*(?:我是谁|你(?:知道|了解)我(?:什么|多少)|関?私は誰|私について(?:何を)?知って|나는 누구|나에 대해 (?:뭘|무엇을) 알)/u,
];

/** What is told of somebody where all is asked for. */
const all = asked.flatMap(([, attributes]) => attributes);
const everything: readonly string[] = [...new Set([...all, 'study', 'diet'])];

/** @returns null where it asks nothing of its person */
export function askedOfSelf(text: string): AskedOfSelf | null {
  if (text.length > longest) return null;
  // A whole question and nothing beside it: "who am I meeting" asks for somebody else.
  const bare = text.trim().replace(/[\s?？؟!.。]+$/u, '');
  if (whole.some((form) => form.exec(bare)?.[0].length === bare.replace(/^¿/u, '').length)) {
    return { attributes: everything, whole: true };
  }
  const attributes = [...asked.flatMap(([form, of]) => (form.test(text) ? of : [])), ...rolesAsked(text)];
  return attributes.length === 0 ? null : { attributes: [...new Set(attributes)], whole: false };
}
