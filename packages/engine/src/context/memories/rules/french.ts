/** What people say of themselves in French, simply, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, rest } from './memory-rule.ts';

const adverbs = `(?: (?:maintenant|actuellement|désormais|aussi|toujours|encore|récemment|souvent))*`;

export const french: readonly MemoryRule[] = [
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Habite à {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?<!\p{L})(?:[Jj]['’]habite|[Jj]e vis)${adverbs} (?:à|en|au|aux) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Habite à {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Jj]['’]ai${adverbs} (?:déménagé|emménagé)|[Jj]e me suis${adverbs} installée?) (?:à|en|au|aux) ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Travaille chez {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`(?<!\p{L})[Jj]e travaille${adverbs} (?:chez|pour) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'Travaille comme {value}',
    confidence: 0.75,
    pattern:
      /(?<!\p{L})je (?:travaille comme|suis) (?<value>médecin|infirmi(?:er|ère)|professeure?|enseignante?|avocate?|ingénieure?|développeu(?:r|se)|étudiante?|architecte|cuisini(?:er|ère)|journaliste|comptable|traductrice|traducteur|musicien(?:ne)?|pharmacien(?:ne)?|designer|graphiste|dentiste|vétérinaire|psychologue)\b/iu,
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: 'S’appelle {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?<!\p{L})(?:[Jj]e m['’]appelle|[Mm]on nom est) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'A {value} ans',
    confidence: 0.8,
    pattern: /(?<!\p{L})j['’]ai (?<value>\d{1,2}) ans\b/iu,
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'Est allergique à {value}',
    confidence: 0.9,
    pattern: new RegExp(
      String.raw`(?<!\p{L})je suis (?:très |fortement )?allergique (?:à la|à l['’]|aux|au|à) ?${rest}`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Mange {value}',
    confidence: 0.85,
    pattern:
      /(?<!\p{L})je (?:suis|mange|suis devenue?)(?: maintenant)? (?<value>végétarien(?:ne)?|végane?|vegan|halal|casher|sans gluten)(?!\p{L})/iu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`(?<!\p{L})[Mm](?:a|on) (?:petite? |grande? )?(?<what>femme|mari|fille|fils|frère|sœur|mère|père|copine|copain|compagne|compagnon|chien|chat|patronne?)(?: s['’]appelle| est|,)? ${given}(?=[ ,.;!]|$)`,
      'u',
    ),
  },
  {
    kind: 'goal',
    text: 'Veut {value}',
    confidence: 0.75,
    pattern: /(?<!\p{L})mon (?:objectif|but|rêve) est (?:de |d['’])(?<value>[^.;!?\n]{4,120})/iu,
  },
  { kind: 'preference', confidence: 0.75, pattern: /(?<!\p{L})je (?:préfère|préférerais) [^.;!?\n]{3,160}/iu },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'Aime {value}',
    confidence: 0.65,
    pattern:
      /(?<!\p{L})j['’](?:aime|adore)(?: beaucoup| bien)? (?!(?:ça|cela|cette idée|que|ce|savoir|comment)(?!\p{L}))(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:s['’]il te plaît,? )?(?:réponds?|répondez|écris|écrivez|utilise[sz]?|donne[sz]?|explique[sz]?|parle[sz]?|tutoie|vouvoie|garde[sz]?)(?:-moi)? (?:toujours|désormais|dorénavant|par défaut)(?!\p{L})[^?]{3,200}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern: /^(?:désormais|dorénavant|à partir de maintenant|à l['’]avenir)(?!\p{L})[^?]{5,200}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.8,
    pattern: /^n['’]?e? ?(?:utilise|écris|réponds|donne|mets|emploie)\p{L}* jamais [^?]{3,200}/iu,
  },
];
