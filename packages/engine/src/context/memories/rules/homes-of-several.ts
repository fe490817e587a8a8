/** Where people say "we" of where they live, and what is no home that somebody moves to. Data and one rule; see `memory-rule.ts`. */
import { knownAs } from '../../profiles/known-names.ts';
import { type MemoryRule, named } from './memory-rule.ts';

const place = { kind: 'fact', attribute: 'home', confidence: 0.8 } as const;

/** A team moves too, to another program: of a home speak its walls, its street and who is near. */
const home =
  /\b(?:flat|apartment|house|home|street|road|avenue|lane|neighbou?rs?|neighbou?rhood|rent|landlord|landlady|kids|children|school|commute|boxes|unpack(?:ed|ing)?|suitcases?|balcony|garden|kitchen|bedrooms?|removal|movers|mortgage|council tax|husband|wife|partner)\b/iu;

export const englishHomes: readonly MemoryRule[] = [
  {
    ...place,
    text: 'Lives in {value}',
    pattern: new RegExp(
      String.raw`(?<!\b(?:should|can|could|do|did|would|may|might|will|if|when|whether|until|where|while|before|that|wish|how|what|why) )\b[Ww]e(?: (?:now|still|currently|both|all|actually))* live in ${named}`,
      'u',
    ),
  },
  {
    ...place,
    text: 'Lives in {value}',
    beside: home,
    pattern: new RegExp(
      String.raw`(?<!\b(?:if|when|whether|until|where|while|before|after|since|that|why) )\b[Ww]e(?:'ve|’ve| have)?(?: (?:just|recently|finally|now))* (?:moved|relocated) (?:back )?(?:from [\p{L} ]{2,30} )?to ${named}`,
      'u',
    ),
  },
];

const since = String.raw`(?: (?:jetzt|gerade|inzwischen|auch|schon|noch|hier|seit \p{L}+(?: \d{4})?|seit \d{4}))*`;
export const germanHomes: readonly MemoryRule[] = [
  {
    ...place,
    text: 'Wohnt in {value}',
    pattern: new RegExp(
      String.raw`(?:\b[Ww]ir (?:wohnen|leben)|(?<!\p{L})(?:wohnen|leben) wir|(?<=\p{L} )(?:wohne|lebe) ich)${since} in ${named}`,
      'u',
    ),
  },
  {
    ...place,
    text: 'Wohnt in {value}',
    pattern: new RegExp(
      String.raw`(?:\b[Ww]ir sind|(?<=\p{L} )sind wir|(?<=\p{L} )bin ich)(?: (?:jetzt|gerade|endlich|gestern|letzte \p{L}+|letzten \p{L}+|im \p{L}+|von \p{L}+))* nach ${named} (?:gezogen|umgezogen)`,
      'u',
    ),
  },
];
export const frenchHomes: readonly MemoryRule[] = [
  {
    ...place,
    text: 'Habite à {value}',
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Nn]ous (?:habitons|vivons|avons (?:déménagé|emménagé)|nous sommes installé(?:e?s))|[Oo]n (?:habite|vit|a (?:déménagé|emménagé)|s['’]est installé(?:e?s)?))(?: (?:maintenant|désormais|enfin))* (?:à|en|au|aux) ${named}`,
      'u',
    ),
  },
];
export const spanishHomes: readonly MemoryRule[] = [
  {
    ...place,
    text: 'Vive en {value}',
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Vv]ivimos(?: (?:ahora|ya))? en|[Nn]os (?:hemos mudado|mudamos|hemos trasladado|trasladamos)(?: (?:ya|por fin))? a) ${named}`,
      'u',
    ),
  },
];
export const portugueseHomes: readonly MemoryRule[] = [
  {
    ...place,
    text: 'Mora em {value}',
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:(?:[Mm]oramos|[Vv]ivemos)(?: (?:agora|já))? (?:em|no|na)|(?:[Nn]os mudamos|[Mm]ud[aá]mo-nos|[Mm]ud[aá]mos)(?: (?:já|finalmente))? (?:para|pra)(?: o| a)?) ${named}`,
      'u',
    ),
  },
];
export const italianHomes: readonly MemoryRule[] = [
  {
    ...place,
    text: 'Vive a {value}',
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:(?:[Vv]iviamo|[Aa]bitiamo)(?: (?:ora|adesso))?|[Cc]i siamo trasferit[ei](?: finalmente)?) (?:a|ad|in) ${named}`,
      'u',
    ),
  },
];

/** Places that are written as programs are. */
const shortPlaces = /^(?:NYC|NY|LA|DC|SF|UK|USA|US|UAE|NRW|BCN|CDMX|SP|RJ|BH)$/;
/** "I moved to Postgres": a name of a program, written as one, or beside one. */
export function isNoHome(name: string, clause: string): boolean {
  const known = knownAs(name);
  if (known === 'place') return false;
  if (known === 'tool' || known === 'organisation') return true;
  const coined = /^\p{Lu}{2,4}$|\d|^\p{Lu}?\p{Ll}+\p{Lu}/u.test(name) && !shortPlaces.test(name);
  const names = clause.match(/\p{Lu}[\p{L}\p{N}]+/gu) ?? [];
  return coined || names.some((other) => knownAs(other) === 'tool');
}
