/**
 * The words in which people tell times, a table for each language. Data alone: what a time is made of is known by `time-grammar.ts`,
 * and another language is another table here. Months and weekdays are not here: `date-names.ts` has them from `Intl`.
 */

/** Forms are lower case with `|` between; an apostrophe is any, a space any white space. Empty where a language says it elsewhere. */
const english = {
  today: 'today|tonight|this morning',
  yesterday: 'yesterday|last night',
  dayBeforeYesterday: '',
  day: 'day|days',
  week: 'week|weeks',
  weekend: 'weekend|weekends',
  month: 'month|months',
  year: 'year|years',
  spring: 'spring',
  summer: 'summer',
  autumn: 'autumn|fall',
  winter: 'winter',
  /** One to ten, and how few are said without a number. */
  numbers: 'a|an|one,two|couple of,three|few,four,five,six,seven,eight,nine,ten',
  /** First to fourth. */
  ordinals: 'first,second,third,fourth',
  final: 'last',
  /** Before what it tells of ("last week"), and behind it ("la semaine dernière"). */
  last: 'last|past|previous|this past',
  lastBehind: '',
  this: 'this',
  /** Before how long it is ("vor zwei Wochen"), and behind it ("two weeks ago"). */
  ago: '',
  agoBehind: 'ago',
  start: 'beginning|start|early',
  middle: 'mid|middle',
  end: 'end|late',
  firstHalf: 'first half',
  secondHalf: 'second half',
  /** Up to a time, and from it on. */
  before: 'before|until|till|by',
  after: 'after|since',
  /** Words after which a number is a year and any name of a month is one. */
  in: 'in|of|during|year',
  /** Words between the parts of a time. */
  joins: 'of|in|part of|the|on',
  between: 'between|from',
  and: 'and|to|until|till',
  /** Asks for how things are now. */
  latest:
    'latest|most recent|most recently|newest|last time|current|currently|right now|nowadays|these days|at the moment|up to date|now|still|any more|anymore',
  /** What people say of talking, and words that only make a sentence: beside a time they say nothing of what is wanted. */
  talking:
    'talk|talked|talking|speak|spoke|spoken|discuss|discussed|chat|chatted|chats|say|said|tell|told|ask|asked|do|did|done|happen|happened|conversation|conversations|message|messages|decide|decided|write|wrote',
};

type TimeWords = Readonly<Record<keyof typeof english, string>>;
export type TimeWord = keyof TimeWords;

const german: TimeWords = {
  today: 'heute|heute morgen|heute abend',
  yesterday: 'gestern|gestern abend',
  dayBeforeYesterday: 'vorgestern',
  day: 'tag|tage|tagen',
  week: 'woche|wochen',
  weekend: 'wochenende|wochenenden|wochenendes',
  month: 'monat|monate|monaten|monats',
  year: 'jahr|jahre|jahren|jahres',
  spring: 'frühling|frühjahr|frühlings',
  summer: 'sommer|sommers',
  autumn: 'herbst|herbstes',
  winter: 'winter|winters',
  numbers: 'ein|eine|einem|einer|einen,zwei|paar,drei|einigen|wenigen,vier,fünf,sechs,sieben,acht,neun,zehn',
  ordinals: 'erste|ersten,zweite|zweiten,dritte|dritten,vierte|vierten',
  final: 'letzte|letzten',
  last: 'letzte|letzten|letzter|letztem|letztes|vergangene|vergangenen|vergangenem|vergangenes|vorige|vorigen|vorigem|voriges',
  lastBehind: '',
  this: 'diese|diesen|diesem|dieser|dieses',
  ago: 'vor',
  agoBehind: '',
  start: 'anfang|beginn',
  middle: 'mitte',
  end: 'ende',
  firstHalf: 'erste hälfte|ersten hälfte',
  secondHalf: 'zweite hälfte|zweiten hälfte',
  before: 'vor|bis',
  after: 'nach|seit|ab',
  in: 'im|jahr|jahre',
  joins: 'im|in|am|vom|der|des|dem|den|zum',
  between: 'zwischen|von|vom',
  and: 'und|bis',
  latest:
    'neueste|neuester|neuestes|neuesten|aktuell|aktuelle|aktueller|aktuelles|aktuellen|derzeit|momentan|zurzeit|zuletzt|jetzt|immer noch|inzwischen|mittlerweile',
  talking:
    'was|worüber|wovon|wen|wann|habe|hab|hast|hat|haben|hatte|hatten|ich|wir|du|mir|uns|dir|mit|in|im|am|an|der|das|dem|den|über|es|ist|denn|so|alles|gesprochen|geredet|besprochen|diskutiert|gesagt|erzählt|gefragt|geschrieben|getan|gemacht|passiert|gespräch|gespräche|nachrichten',
};

const french: TimeWords = {
  today: "aujourd'hui|ce matin|ce soir",
  yesterday: 'hier|hier soir',
  dayBeforeYesterday: 'avant-hier',
  day: 'jour|jours',
  week: 'semaine|semaines',
  weekend: 'week-end|weekend|week-ends',
  month: 'mois',
  year: 'an|ans|année|années',
  spring: 'printemps',
  summer: 'été',
  autumn: 'automne',
  winter: 'hiver',
  numbers: 'un|une,deux,trois|quelques,quatre,cinq,six,sept,huit,neuf,dix',
  ordinals: 'premier|première,deuxième|seconde,troisième,quatrième',
  final: 'dernier|dernière',
  last: '',
  lastBehind: 'dernier|dernière|derniers|dernières|passé|passée',
  this: 'ce|cet|cette',
  ago: 'il y a',
  agoBehind: '',
  start: 'début',
  middle: 'mi|milieu',
  end: 'fin',
  firstHalf: 'première moitié',
  secondHalf: 'seconde moitié|deuxième moitié',
  before: "avant|jusqu'à|jusqu'au|jusqu'en",
  after: 'après|depuis|dès',
  in: 'en|au|année',
  joins: 'de|du|d|l|le|la|les|en|au|à',
  between: 'entre|du|de',
  and: 'et|au|à',
  latest:
    'actuel|actuelle|actuels|actuelles|actuellement|en ce moment|dernière fois|plus récent|plus récente|maintenant|toujours|désormais',
  talking:
    'qu|que|quoi|quel|quelle|de|d|du|la|le|les|l|est|ce|j|je|ai|tu|as|on|a|nous|avons|vous|avez|en|dans|au|était|s|il|y|avec|toi|moi|me|t|m|parlé|discuté|dit|raconté|demandé|écrit|fait|passé|conversation|conversations|messages',
};

const spanish: TimeWords = {
  today: 'hoy|esta mañana|esta noche',
  yesterday: 'ayer|anoche',
  dayBeforeYesterday: 'anteayer|antes de ayer',
  day: 'día|días|dia|dias',
  week: 'semana|semanas',
  weekend: 'fin de semana|fines de semana',
  month: 'mes|meses',
  year: 'año|años',
  spring: 'primavera',
  summer: 'verano',
  autumn: 'otoño',
  winter: 'invierno',
  numbers: 'un|una|uno,dos|par de,tres|unos|unas|pocos|pocas,cuatro,cinco,seis,siete,ocho,nueve,diez',
  ordinals: 'primer|primera,segunda|segundo,tercera|tercer,cuarta|cuarto',
  final: 'última|último',
  last: 'último|última|últimos|últimas|pasado|pasada',
  lastBehind: 'pasado|pasada|pasados|pasadas|anterior',
  this: 'este|esta',
  ago: 'hace',
  agoBehind: 'atrás',
  start: 'principios|principio|inicios|inicio|comienzos',
  middle: 'mediados',
  end: 'finales|fines|final',
  firstHalf: 'primera mitad',
  secondHalf: 'segunda mitad',
  before: 'antes de|antes del|hasta|anterior al',
  after: 'después de|después del|desde|siguiente al',
  in: 'en|año',
  joins: 'de|del|el|la|los|las|en',
  between: 'entre|del|de|desde',
  and: 'y|al|a|hasta',
  latest: 'actual|actuales|actualmente|ahora mismo|más reciente|última vez|en este momento|ahora|todavía|aún',
  talking:
    'qué|que|cuál|de|del|el|la|los|las|lo|he|has|hemos|yo|nosotros|tú|te|me|nos|contigo|conmigo|en|a|con|sobre|fue|pasó|hablé|hablamos|hablado|discutimos|dije|dijimos|dijiste|conté|pregunté|escribí|hice|hicimos|conversación|conversaciones|mensajes',
};

/** By their BCP 47 tags. */
export const timeWords: Readonly<Record<string, TimeWords>> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
};

const formsOf = (list: string): string[] => list.split('|').filter((form) => form !== '');
const tables = Object.values(timeWords);

/** All forms of a word, of every language. */
export const formsFor = (word: TimeWord): string[] => [...new Set(tables.flatMap((table) => formsOf(table[word])))];

/** Words that say nothing beside a time, language by language: one's "war" is "was" in another. */
export const talking: readonly ReadonlySet<string>[] = tables.map((table) => new Set(formsOf(table.talking)));

const even = (said: string): string => said.toLowerCase().replace(/\s+/g, ' ').replace(/’/g, "'");

/** Which of these words a form is one of; null where of none. */
export function wordFor<W extends TimeWord>(said: string, words: readonly W[]): W | null {
  const form = even(said);
  return words.find((word) => tables.some((table) => formsOf(table[word]).includes(form))) ?? null;
}

const counted = (word: 'numbers' | 'ordinals'): [string, number][] =>
  tables.flatMap((table) =>
    table[word].split(',').flatMap((forms, i) => formsOf(forms).map((form): [string, number] => [form, i + 1])),
  );

/** How many: `two`, `quelques`. */
export const numbers: ReadonlyMap<string, number> = new Map(counted('numbers'));
/** Which in a row: `first`, and −1 for `last`. */
export const ordinals: ReadonlyMap<string, number> = new Map([
  ...counted('ordinals'),
  ...formsFor('final').map((form): [string, number] => [form, -1]),
]);

/** What another language says for something else ("hier" is "here" in German), and words beside which it tells a time. */
const borrowed: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'hier',
    new Set(
      'qu|que|quoi|quel|quelle|quels|quelles|ai|avons|avez|nous|vous|au|du|des|dit|fait|parlé|discuté|demandé|écrit|avant'.split(
        '|',
      ),
    ),
  ],
]);

/** Whether a word that tells a time is meant so in this text. */
export function isMeant(said: string, text: string): boolean {
  const beside = borrowed.get(even(said));
  return beside === undefined || (text.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => beside.has(word));
}
