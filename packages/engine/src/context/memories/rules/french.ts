/** What people say of themselves in French, simply, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, person, rest } from './memory-rule.ts';

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
      String.raw`(?<!\p{L})(?:[Mm](?:a|on)|[Nn]otre) (?:nouvelle |nouveau |petite? |grande? )?(?<what>femme|mari|fille|fils|frère|sœur|mère|père|copine|copain|compagne|compagnon|chien|chat)(?: s['’]appelle| est|,)? ${person}(?=[ ,.;!]|$)`,
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
      /^(?:s['’]il te plaît,? )?(?:\p{L}+-moi et )?(?:réponds?|répondez|écris|écrivez|utilise[sz]?|donne[sz]?|explique[sz]?|parle[sz]?|tutoie|vouvoie|garde[sz]?)(?:-moi)? (?:toujours|désormais|dorénavant|par défaut)(?!\p{L})[^?]{3,200}/iu,
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
  {
    kind: 'fact',
    attribute: 'home',
    says: 'not {value}',
    text: 'N’habite plus à {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`(?<!\p{L})[Jj]e (?:n['’]habite|ne vis) plus (?:à|en|au|aux) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: 'Est né à {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`(?<!\p{L})[Jj]e suis née? (?:à|en|au|aux) (?!(?:janvier|mai|juin)(?!\p{L}))${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'not {value}',
    text: 'Ne travaille plus chez {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})[Jj]e ne travaille plus (?:comme \p{L}+ )?(?:chez|pour|à)(?: la| le| l['’])? ?${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'self',
    text: 'Travaille à son compte',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})je (?:travaille|suis)(?: maintenant| désormais)? (?:à mon compte|indépendante?|travailleu(?:r|se) indépendante?|auto-?entrepreneu(?:r|se))(?=[ ,.;!]|$)|(?<!\p{L})je me suis mise? à mon compte/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    says: 'not {value}',
    text: 'N’est plus {value}',
    confidence: 0.8,
    pattern: /(?<!\p{L})je ne suis plus (?<value>végétarien(?:ne)?|végane?|vegan)(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Mange {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})je (?:mange (?:de nouveau|à nouveau)|remange|me suis remise? à manger)(?: de la| du| de)? (?<value>viande|poisson)(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: 'Ne mange pas de {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})je ne (?:(?:peux|dois) pas (?:manger|boire|prendre)|mange (?:pas|plus|jamais)) (?:de |d['’])(?!(?:tout|plus|trop|ça|cela)(?!\p{L}))(?<value>[^,.;!?\n]{2,40})/iu,
  },
  {
    kind: 'relation',
    text: 'A {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:[Jj]['’]ai|[Nn]ous avons|[Oo]n a) (?<value>(?:deux|trois|quatre|cinq|\d) (?:enfants|filles|fils|garçons|chats|chiens|chattes|frères|sœurs)(?:,| :|:| nommés| appelés| qui s['’]appellent) \p{Lu}[\p{L}'’-]+(?:, \p{Lu}[\p{L}'’-]+)* et \p{Lu}[\p{L}'’-]+)(?=[ ,.;!]|$)/gu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Jj]['’]ai|[Nn]ous avons|[Oo]n a) une? (?<what>chien|chienne|chat|chatte|fille|fils|frère|sœur) (?:appelée?|nommée?|qui s['’]appelle|du nom de) ${given}`,
      'gu',
    ),
  },
  {
    kind: 'fact',
    text: 'Est {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})je suis (?<value>gauch(?:er|ère)|droiti(?:er|ère)|ambidextre|daltonien(?:ne)?|malentendante?|sourde?|intolérante? au (?:lactose|gluten)|dyslexique|diabétique|asthmatique)(?=[ ,.;!]|$)/iu,
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'A arrêté de fumer',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:j['’]ai arrêté de fumer|je ne fume plus|je fumais(?: avant)?,? mais j['’]ai arrêté)(?!\p{L})/iu,
  },
  {
    kind: 'goal',
    text: 'Veut {value}',
    confidence: 0.7,
    pattern:
      /(?<!\p{L})[Jj](?:e (?:veux|voudrais|compte|prévois d['’]|prévois de|vais)|['’](?:aimerais|espère)) ?(?<value>(?:apprendre (?:l['’]|le |la |à (?:nager|jouer|conduire|cuisiner|danser))(?:anglais|allemand|français|espagnol|italien|portugais|japonais|chinois|turc|russe|arabe|piano|guitare|violon)?|(?:courir|finir) (?:un|le|mon) (?:premier )?(?:semi-)?marathon|acheter (?:une|un) (?:maison|appartement|voiture)|arrêter de fumer|perdre \d+ (?:kg|kilos?))(?!\p{L})[^.,;!?\n]{0,80})/u,
  },
  {
    kind: 'goal',
    text: 'Objectif : {value}',
    confidence: 0.65,
    pattern: /^(?:mon )?(?:prochain |nouvel |grand )+objectif ?: (?<value>[^.;!?\n]{4,120})/iu,
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: 'N’aime pas {value}',
    confidence: 0.7,
    pattern:
      /(?<!\p{L})(?:je n['’]aime (?:vraiment |du tout )?pas|je déteste) (?:les |le |la |l['’])?(?!(?:ça|cela|cette|cet|ces|ce|que|comment|ton|ta|votre|trop|tout)(?!\p{L}))(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:s['’]il te plaît,? )?n['’]?e? ?(?:utilise|écris|réponds|donne|mets|emploie|fais)\p{L}* (?:pas|jamais) [^?]{3,120}sauf (?:si (?:je|tu)|quand je|demande)[^?]{0,80}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern:
      /^(?:s['’]il te plaît,? )?n['’]?e? ?(?:utilise|emploie|mets)\p{L}* pas d(?:e |['’])(?:émojis?|emojis?|listes?|puces|titres|tableaux|markdown|gras|jargon|anglicismes|abréviations|points? d['’]exclamation)(?!\p{L})[^?]{0,9}$/iu,
  },
];
