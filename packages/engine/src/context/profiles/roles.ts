/**
 * What somebody is to the person who writes: "my daughter Emma", "Emma ist meine Tochter", "mi jefe". Pure: a text in, the roles
 * it names out. Only what a person says of themselves is meant; whoever calls hands in nothing else.
 */

/** Each role with what it is called; of most people there is one of each, which is what makes "my daughter" a name. */
const nouns: Readonly<Record<string, string>> = {
  wife: 'wife|frau|ehefrau|femme|épouse|esposa|mujer|moglie|vrouw',
  husband: 'husband|mann|ehemann|mari|époux|esposo|marido|marito|man',
  partner: 'partner|partnerin|compagne|compagnon|pareja',
  girlfriend: 'girlfriend|freundin|copine|novia|namorada|fidanzata|vriendin',
  boyfriend: 'boyfriend|copain|novio|namorado|fidanzato',
  fiancé: 'fianc[ée]e?|verlobter?',
  mother: 'mother|mom|mum|mama|mutter|mère|madre|mãe|moeder',
  father: 'father|dad|papa|vater|père|padre|pai|vader',
  son: 'son|sohn|fils|hijo|filho|figlio|zoon',
  daughter: 'daughter|tochter|fille|hija|filha|figlia|dochter',
  brother: 'brother|bruder|frère|hermano|irmão|fratello|broer',
  sister: 'sister|schwester|sœur|soeur|hermana|irmã|sorella|zus',
  grandmother: 'grandmother|grandma|oma|großmutter|grand-mère|abuela|avó|nonna',
  grandfather: 'grandfather|grandpa|opa|großvater|grand-père|abuelo|avô|nonno',
  boss: 'boss|chef|chefin|patronne?|jef[ea]|chefe|capo|baas',
  manager: 'manager|managerin',
  mentor: 'mentor|mentorin',
  therapist: 'therapist|therapeutin|therapeut',
  doctor: 'doctor|arzt|ärztin|médecin',
  landlord: 'landlord|landlady|vermieterin|vermieter',
  roommate: 'roommate|flatmate|mitbewohnerin|mitbewohner',
  dog: 'dog|hund|hündin|chien|chienne|perr[oa]|cane|cachorr[oa]|cão|cadela',
  cat: 'cat|katze|kater|chatte?|gat[oa]|gatt[oa]',
};
const roleOf = (noun: string): string | null => {
  for (const [role, pattern] of patterns) if (pattern.test(noun)) return role;
  return null;
};
const patterns = Object.entries(nouns).map(([role, words]) => [role, new RegExp(`^(?:${words})$`, 'iu')] as const);

const possessive = `my|mein(?:e[mnrs]?)?|mon|ma|mi|meu|minha|mio|mia|mijn`;
const qualities = `older|younger|little|big|oldest|youngest|eldest|late|new|old|best|ex-?|ältere[rn]?|jüngere[rn]?|kleine[rn]?|große[rn]?|petite?|grande?`;
const noun = Object.values(nouns).join('|');
const name = String.raw`\p{Lu}[\p{L}'’-]*\p{Ll}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*\p{Ll}[\p{L}'’-]*)?`;
const before = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${possessive}|My|Meine?|Mon|Ma|Mi|Meu|Minha|Mio|Mia|Mijn) (?:(?:${qualities}) )?(?<noun>${upperToo(noun)})(?![\p{L}\p{N}-])(?:,? (?:named |called |namens |(?:is |heißt |s'appelle |se llama |si chiama )?)?(?<name>${name}))?`,
  'gu',
);
const after = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?<name>${name})(?:,| is| was|['’]s| ist| war| est| es| è| é) (?:${possessive}) (?:(?:${qualities}) )?(?<noun>${upperToo(noun)})(?![\p{L}\p{N}-])`,
  'gu',
);
const alone = /(?<![\p{L}\p{N}'’-])(?<noun>Mom|Mum|Mama|Dad|Papa|Grandma|Grandpa|Oma|Opa)(?![\p{L}\p{N}-])/gu;

/** Case matters to names and not to what they are: nouns begin either way. */
function upperToo(words: string): string {
  return words
    .split('|')
    .map((word) => `[${word[0]}${word[0]?.toUpperCase()}]${word.slice(1)}`)
    .join('|');
}

export interface Role {
  /** `daughter` */
  readonly role: string;
  /** Who it is, where the text says so. */
  readonly name: string | null;
}

/** Roles a person's own words name, in order. */
export function rolesIn(text: string): Role[] {
  const found = new Map<number, Role>();
  for (const pattern of [after, before, alone])
    for (const match of text.matchAll(pattern)) {
      const { noun: word = '', name: who } = match.groups ?? {};
      const role = roleOf(word);
      // Named on either side of it, it is one and the same.
      const place = match.index + match[0].indexOf(word, pattern === after ? (who?.length ?? 0) : 0);
      if (role === null || found.has(place)) continue;
      found.set(place, { role, name: who?.replace(/['’]s?$/u, '') ?? null });
    }
  return [...found].sort((a, b) => a[0] - b[0]).map(([, role]) => role);
}

/** Under which a role stands in for whoever has it. */
export const roleKey = (role: string): string => `my ${role}`;
