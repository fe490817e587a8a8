/** What people say of themselves in Italian, simply, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, person, rest, unlessAfter } from './memory-rule.ts';

const adverbs = `(?: (?:adesso|ora|attualmente|anche|ancora|di recente|recentemente|già))*`;

const rules: readonly MemoryRule[] = [
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Vive a {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Ii]o )?(?:[Vv]ivo|[Aa]bito|[Rr]isiedo)${adverbs} (?:a|ad|in) ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Vive a {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})[Mm]i sono (?:trasferit[oa]|spostat[oa])${adverbs} (?:a|ad|in) ${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'home',
    says: 'not {value}',
    text: 'Non vive più a {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`(?<!\p{L})[Nn]on (?:vivo|abito) più (?:a|ad|in) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'birthplace',
    text: 'È nato a {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?<!\p{L})(?:[Ii]o )?[Ss]ono nat[oa] (?:a|ad|in) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Lavora per {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?<!(?:di|del|un|il|mio|suo|questo|al|altro|nuovo) )(?:[Ii]o )?[Ll]avoro${adverbs} (?:per|presso|alla|all['’]|da|in) ?${named}`,
      'u',
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'not {value}',
    text: 'Non lavora più per {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`(?<!\p{L})[Nn]on lavoro più (?:per|presso|alla|all['’]|da|in) ?${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'self',
    text: 'Lavora in proprio',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:ora |adesso )?(?:lavoro (?:ora |adesso )?in proprio|sono (?:una? )?(?:libera? professionista|freelance))(?=[ ,.;!]|$)/iu,
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'Lavora come {value}',
    confidence: 0.75,
    pattern:
      /(?<!\p{L})(?:lavoro come |faccio (?:il |la |l['’])|sono (?:una? |un['’])?)(?<value>medico|infermier[ea]|insegnante|professore|professoressa|maestr[oa]|avvocat[oa]|ingegnere|sviluppatore|sviluppatrice|programmatore|programmatrice|studente|studentessa|architett[oa]|cuoc[oa]|giornalista|contabile|traduttore|traduttrice|musicista|dentista|veterinari[oa]|psicolog[oa])(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: 'Si chiama {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?<!\p{L})(?:[Mm]i chiamo|[Ii]l mio nome è) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'Ha {value} anni',
    confidence: 0.8,
    pattern: /(?<!\p{L})ho (?<value>\d{1,2}) anni(?! di)/iu,
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'È allergico a {value}',
    confidence: 0.9,
    pattern: new RegExp(
      String.raw`(?<!\p{L})sono (?:molto )?allergic[oa] (?:alle|agli|alla|allo|all['’]|al|ai|a) ?${rest}`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Mangia {value}',
    confidence: 0.85,
    pattern: /(?<!\p{L})(?:sono|sono diventat[oa]) (?<value>vegetarian[oa]|vegan[oa]|celiac[oa])(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    says: 'not {value}',
    text: 'Non è più {value}',
    confidence: 0.8,
    pattern: /(?<!\p{L})non sono più (?<value>vegetarian[oa]|vegan[oa])(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Mangia {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:ho ripreso a mangiare|mangio di nuovo) (?:la |il )?(?<value>carne|pesce|di tutto)(?!\p{L})/iu,
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: 'Non mangia {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:non posso (?:mangiare|bere|prendere)|non mangio|non bevo) (?:il |la |i |le |l['’])?(?<value>glutine|carne|maiale|pesce|crostacei|frutti di mare|latticini|lattosio|uova|noci|grano|zucchero|latte|alcol|arachidi|soia)(?!\p{L})/iu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Ll]a |[Ii]l )?(?:[Mm]i[oa]|[Nn]ostr[oa]) (?:nuov[oa] )?(?<what>moglie|marito|figlia|figlio|sorella|fratello|madre|padre|mamma|papà|fidanzata|fidanzato|compagna|compagno|cane|cagna|gatt[oa]|dottoressa)(?: si chiama| è|,)? ${person}(?=[ ,.;!]|$)`,
      'u',
    ),
  },
  {
    kind: 'relation',
    text: 'Ha {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})(?:[Hh]o|[Aa]bbiamo) (?<value>(?:due|tre|quattro|cinque|\d) (?:figli|figlie|gatti|gatte|cani|fratelli|sorelle|bambini|bambine)(?:,|:| di nome| che si chiamano) \p{Lu}[\p{L}'’-]+(?:, \p{Lu}[\p{L}'’-]+)* ed? \p{Lu}[\p{L}'’-]+)(?=[ ,.;!]|$)/gu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`(?<!\p{L})(?:[Hh]o|[Aa]bbiamo) (?:una? |un['’])(?<what>cane|gatt[oa]|figli[oa]|fratello|sorella) (?:chiamat[oa]|che si chiama|di nome) ${given}`,
      'gu',
    ),
  },
  {
    kind: 'fact',
    text: 'È {value}',
    confidence: 0.8,
    pattern:
      /(?<!\p{L})sono (?<value>mancin[oa]|destrors[oa]|ambidestr[oa]|daltonic[oa]|sord[oa]|intollerante al lattosio|dislessic[oa]|diabetic[oa]|asmatic[oa])(?=[ ,.;!]|$)/iu,
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'Ha smesso di fumare',
    confidence: 0.8,
    pattern: /(?<!\p{L})(?:ho smesso di fumare|non fumo più|una volta fumavo|fumavo,? ma ho smesso)(?!\p{L})/iu,
  },
  {
    kind: 'goal',
    text: 'Vuole {value}',
    confidence: 0.75,
    pattern: /(?<!\p{L})(?:il )?mio (?:obiettivo|sogno) è (?<value>[^.;!?\n]{4,120})/iu,
  },
  {
    kind: 'goal',
    text: 'Vuole {value}',
    confidence: 0.7,
    pattern:
      /(?<!\p{L})(?:voglio|vorrei|ho intenzione di|spero di|conto di) (?<value>(?:imparare (?:(?:l['’]|il |lo )(?:inglese|tedesco|francese|spagnolo|italiano|portoghese|giapponese|cinese|turco|russo|arabo)|a (?:nuotare|suonare|guidare|cucinare|ballare))|correre (?:una|la|la mia) (?:prima )?(?:mezza )?maratona|comprare (?:una|un) (?:casa|appartamento|auto|macchina)|smettere di fumare|perdere \d+ (?:kg|chili))(?!\p{L})[^.,;!?\n]{0,80})/iu,
  },
  {
    kind: 'goal',
    text: 'Obiettivo: {value}',
    confidence: 0.65,
    pattern: /^(?:il mio )?(?:prossimo |grande )+(?:obiettivo|traguardo): (?<value>[^.;!?\n]{4,120})/iu,
  },
  { kind: 'preference', confidence: 0.75, pattern: /(?<!\p{L})(?:io )?(?:preferisco|preferirei) [^.;!?\n]{3,160}/iu },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'Gli piace {value}',
    confidence: 0.65,
    pattern:
      /(?<!\p{L})(?:mi (?:piace|piacciono)(?: molto| tanto)?|adoro|amo) (?:il |lo |la |i |gli |le |l['’])?(?!(?:questo|questa|questi|queste|quest['’]\p{L}*|che|come|idea|quando|tu[oa]?)(?!\p{L}))(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: 'Non gli piace {value}',
    confidence: 0.7,
    pattern:
      /(?<!\p{L})(?:non mi (?:piace|piacciono)(?: per niente| affatto)?|odio|detesto) (?:il |lo |la |i |gli |le |l['’])?(?!(?:questo|questa|questi|queste|quest['’]\p{L}*|che|come|idea|quando|niente|molto|tu[oa]?)(?!\p{L}))(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:per favore,? )?(?:rispondi|rispondimi|scrivi|usa|utilizza|dammi|spiega|spiegami|parla|parlami|includi) (?:sempre|d['’]ora in poi|da ora in poi|di default|da adesso in poi)(?!\p{L})[^?]{3,200}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:d['’]ora in poi|da ora in poi|da adesso in poi|in futuro|sempre)[, ]+(?:rispondi|rispondimi|scrivi|usa|utilizza|dammi|spiega|parla|parlami|includi|non (?:usare|scrivere|rispondere))(?!\p{L})[^?]{3,200}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:per favore,? )?non (?:usare|utilizzare|scrivere|rispondere|mettere|includere|darmi)(?!\p{L})[^?]{3,120}(?:a meno che|tranne se|salvo che|se non) (?:io |te |non |lo )*(?:chieda|chiedo|dica|dico)[^?]{0,80}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern:
      /^(?:per favore,? )?non (?:usare|utilizzare|mettere) (?:emoji|emoticon|elenchi|liste|tabelle|titoli|markdown|grassetto|corsivo|gergo|anglicismi|abbreviazioni|punti esclamativi)(?!\p{L})[^?]{0,9}$/iu,
  },
];

export const italian = unlessAfter('[Nn]on|[Mm]ai|[Nn]é|[Nn]emmeno|[Nn]eanche|[Nn]on mi|[Nn]on io', rules);
