/**
 * Whom people go to, learn from, work and live under, one at a time: who is said last takes the place of who was before, in whatever
 * language either was said. Data and one rule for each; see `memory-rule.ts`. English ones stand in `english-ties.ts`.
 */
import { type MemoryRule, person } from './memory-rule.ts';

type Language = 'de' | 'fr' | 'es' | 'pt' | 'it';

/** By what an English rule calls it; patterns of whole words. */
const roles: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  boss: { de: 'Chef(?:in)?', fr: 'patronne?|cheffe?', es: 'jef[ea]', pt: 'chefe|patr(?:ão|oa)', it: 'capo' },
  supervisor: {
    de: 'Doktor(?:vater|mutter)|Betreuer(?:in)?',
    fr: 'direct(?:eur|rice) de thèse|encadrante?',
    es: 'director(?:a)? de tesis|tutora? de tesis',
    pt: 'orientador(?:a)?',
    it: 'relatore|relatrice',
  },
  'tax adviser': {
    de: 'Steuerberater(?:in)?',
    fr: 'comptable|conseill(?:er|ère) fiscale?',
    es: 'asesora? fiscal|gestora?',
    pt: 'contadora?|contabilista',
    it: 'commercialista',
  },
  landlord: {
    de: 'Vermieter(?:in)?',
    fr: 'propriétaire',
    es: 'caser[oa]',
    pt: 'senhori[oa]',
    it: 'padron[ea] di casa',
  },
  'piano teacher': {
    de: 'Klavierlehrer(?:in)?',
    fr: 'prof(?:esseure?)? de piano',
    es: 'profesora? de piano',
    pt: 'professora? de piano',
    it: 'insegnante di pianoforte',
  },
  doctor: {
    de: 'Hausarzt|Hausärztin',
    fr: 'médecin(?: traitant)?',
    es: 'médic[oa](?: de cabecera)?',
    pt: 'médic[oa](?: de família)?',
    it: 'medico(?: di base)?',
  },
  dentist: { de: 'Zahnarzt|Zahnärztin', fr: 'dentiste', es: 'dentista', pt: 'dentista', it: 'dentista' },
  physio: {
    de: 'Physio(?:therapeut(?:in)?)?',
    fr: 'kiné(?:sithérapeute)?',
    es: 'fisio(?:terapeuta)?',
    pt: 'fisio(?:terapeuta)?',
    it: 'fisioterapista',
  },
  therapist: {
    de: 'Therapeut(?:in)?',
    fr: 'psy(?:chologue)?|thérapeute',
    es: 'psicólog[oa]|terapeuta',
    pt: 'psicólog[oa]|terapeuta',
    it: 'psicolog[oa]|terapeuta',
  },
};

/** Whose, what may stand before it, and what says who it is. */
const around: Readonly<Record<Language, readonly [mine: string, is: string]>> = {
  de: ['(?:[Mm]eine?|[Uu]nsere?) (?:neuer? |jetziger? )?', ' heißt(?: jetzt)?| ist(?: jetzt)?|,'],
  fr: ['(?:[Mm](?:a|on)|[Nn]otre) (?:nouv(?:elle|eau) )?', " s['’]appelle| est(?: maintenant)?|,"],
  es: ['(?:[Mm]i|[Nn]uestr[oa]) (?:nuev[oa] )?', ' se llama| es(?: ahora)?|,'],
  pt: ['(?:[Mm]eu|[Mm]inha|[Nn]oss[oa]) (?:nov[oa] )?', ' se chama| chama-se| é(?: agora)?(?: [oa])?|,'],
  it: ['(?:[Mm]io|[Mm]ia|[Nn]ostr[oa]) (?:nuov[oa] )?', ' si chiama| è(?: ora)?|,'],
};

/** Who looks for another has the one before no more. */
const sought: Readonly<Record<Language, readonly [text: string, looking: string]>> = {
  de: ['Sucht: {What}', '(?:[Ii]ch|[Ww]ir) (?:suchen?|brauchen?)(?: (?:jetzt|nun|dringend|also))* eine?n? neuen?'],
  fr: ['Cherche : {What}', '(?:[Jj]e cherche|[Nn]ous cherchons|[Ii]l (?:me|nous) faut) une? nouv(?:elle|eau)'],
  es: ['Busca: {What}', '(?:[Bb]usco|[Bb]uscamos|[Nn]ecesito|[Nn]ecesitamos)(?: a)? una? nuev[oa]'],
  pt: ['Procura: {What}', '(?:[Pp]rocuro|[Pp]rocuramos|[Pp]reciso de|[Pp]recisamos de) uma? nov[oa]'],
  it: ['Cerca: {What}', '(?:[Cc]erco|[Cc]erchiamo|[Mm]i serve|[Cc]i serve) un[ao]? nuov[oa]'],
};

/** @param language of what is said */
export const rolesOneHas = (language: Language): readonly MemoryRule[] =>
  Object.entries(roles).flatMap(([role, words]): MemoryRule[] => {
    const [mine, is] = around[language];
    const [text, looking] = sought[language];
    const has: MemoryRule = {
      kind: 'relation',
      attribute: `relation:${role}`,
      text: '{What}: {value}',
      confidence: 0.85,
      pattern: new RegExp(
        String.raw`(?<!\p{L})${mine}(?<what>${words[language]})(?:${is})? ${person}(?=[ ,.;!)]|$)`,
        'u',
      ),
    };
    const seeks: MemoryRule = {
      kind: 'relation',
      attribute: `relation:${role}`,
      says: 'sought',
      text,
      confidence: 0.7,
      pattern: new RegExp(String.raw`(?<!\p{L})${looking} (?<what>${words[language]})(?!\p{L})`, 'u'),
    };
    return [has, seeks];
  });

/** "Who is my landlord", "wie heißt meine Zahnärztin": how a question asks for the one somebody has. */
const asking: Readonly<Record<Language, string>> = {
  de: '(?:wer (?:ist|war)|wie hei(?:ß|ss)t) (?:gerade |jetzt )?(?:meine?|unsere?)',
  fr: "(?:qui est|c['’]est qui|comment s['’]appelle) (?:m(?:a|on)|notre)",
  es: '(?:qui[eé]n es|c[oó]mo se llama) (?:mi|nuestr[oa])',
  pt: '(?:quem é|como se chama) (?:[oa] )?(?:meu|minha|noss[oa])',
  it: '(?:chi è|come si chiama) (?:il |la )?(?:mi[oa]|nostr[oa])',
};
const inEnglish =
  /(?<!\p{L})(?:who(?: is|['’]s| was)|what(?: is|['’]s)(?= .* (?:called|name))) (?:my|our) (?:new |current )?(?:thesis |phd |doctoral )?(?<role>(?:[\p{Ll}-]+ (?!called|name|now))?[\p{Ll}]+?)(?:['’]s)?(?: called| name| now)?\s*\??\s*$/iu;
const inOthers = (Object.keys(asking) as Language[]).flatMap((language) =>
  Object.entries(roles).map(
    ([role, words]) =>
      [role, new RegExp(`(?<!\\p{L})${asking[language]} (?:${words[language]})(?!\\p{L})`, 'iu')] as const,
  ),
);

const asksInOthers = new RegExp(`(?<!\\p{L})(?:${Object.values(asking).join('|')})(?!\\p{L})`, 'iu');

/** Attributes of memories that say whom a question asks for; none where it asks for nobody one has. */
export function rolesAsked(text: string): string[] {
  const english = inEnglish.exec(text)?.groups?.role?.toLowerCase();
  const others = asksInOthers.test(text) ? inOthers.flatMap(([role, form]) => (form.test(text) ? role : [])) : [];
  return [...(english === undefined ? [] : [english]), ...others].map((role) => `relation:${role}`);
}
