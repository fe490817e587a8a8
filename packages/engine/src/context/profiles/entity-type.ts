/**
 * What sort of thing a name names, by the words around it and by its own form. Each pattern gives votes; a name takes
 * the type with most. English mostly, with
 * the commonest turns of German, French, Spanish, Portuguese, Italian and Russian; a name no pattern knows stays `unknown`. Pure.
 */
import type { EntityType } from '@vivim/contract/profile';
import { knownAs } from './known-names.ts';

export type TypeVotes = Map<EntityType, number>;

const kin =
  'wife|husband|partner|girlfriend|boyfriend|fianc[ée]e?|spouse|mom|mum|mother|dad|father|son|daughter|kid|child|brother|sister|sibling|parent|grandma|grandpa|grandmother|grandfather|uncle|aunt|cousin|nephew|niece|friend|best friend|buddy|boss|manager|colleague|co-?worker|mentor|coach|teacher|professor|doctor|therapist|neighbou?r|roommate|landlord|client|producer|director|assistant|teammate|advisor|supervisor|editor|agent|lawyer|recruiter|study partner';

/** Tested against the text right before a name. */
const before: readonly (readonly [RegExp, EntityType, number])[] = [
  [new RegExp(`\\b(?:my|his|her|their|our)(?: \\w+)? (?:${kin})s?,? (?:named |called )?$`, 'i'), 'person', 4],
  [new RegExp(`\\b(?:${kin}) (?:named |called )$`, 'i'), 'person', 4],
  [/\b(?:mr|mrs|ms|dr|prof|professor|sir|aunt|uncle|president|king|queen)\.? $/i, 'person', 4],
  [/\b(?:hi|hey|hello|dear|thanks|thank you|bye|wow|congrats|yeah|yep|love,|cheers),? $/i, 'person', 2],
  [/\b(?:met|married|told|asked|thanked|hugged|texted|emailed|miss|name is|i'm|i am|named) $/i, 'person', 2],
  [/\b(?:advice|suggestion|feedback|help|message|call|email|letter|support) from $/i, 'person', 2],
  [
    /\b(?:work(?:s|ed|ing)?|job|intern(?:ed|ing|ship)?|position|role|offer|employed|hired|career|interview(?:ed)?) (?:at|for|by|with|from) (?:the )?$/i,
    'organisation',
    3,
  ],
  [
    /\b(?:company|startup|employer|firm|agency|organi[sz]ation|client|charity) (?:called |named )?$/i,
    'organisation',
    3,
  ],
  [
    /\b(?:live[sd]?|living|born|based|moved?|moving|grew up|stay(?:ed|ing)?|raised|vacation|holiday|weather|located) (?:\w+ )?(?:in|to|at|from|near) (?:the )?$/i,
    'place',
    4,
  ],
  [
    /\b(?:trip|flight|flew|fly|travel(?:l?ed|l?ing)?|drive|drove|visit(?:ed|ing)?|went|going|tour|back|return(?:ed)?) (?:to|from|of|in)? ?(?:the )?$/i,
    'place',
    2,
  ],
  [/\b(?:city|town|village|country|island|state|capital|region) of $/i, 'place', 4],
  [/\bin (?:the )?$/i, 'place', 1],
  [
    /\b(?:using|use|used|install(?:ed|ing)?|via|powered by|built (?:with|in|on)|written in|switch(?:ed)? to|deploy(?:ed|ing)? (?:to|on|with)|host(?:ed|ing)? on|import|integrat(?:e|ed|ing) with|tool called|app called|software called|library called) (?:the |a )?$/i,
    'tool',
    2,
  ],
  [/\b(?:bought|buy|ordered|own|wear|drive|my new|driving|price of|purchased) (?:an? |the )?$/i, 'product', 2],
  [/\bproject,? (?:called |named |codenamed )?["“']?$/i, 'project', 4],
  [
    /\b(?:book|novel|movie|film|show|series|album|song|game|podcast|poem|play|essay|article),? (?:called |named |titled |is )?["“']?$/i,
    'work',
    3,
  ],
  [/\b(?:reading|read|watch(?:ed|ing)?|rewatched|playing|listen(?:ed|ing)? to) ["“']$/i, 'work', 4],
  [
    /(?<![\p{L}])(?:arbeite[nt]?|angefangen|beworben|angestellt|job|praktikum) (?:jetzt |seit \w+ )?bei(?: der| dem)? $|(?<![\p{L}])(?:travaille|bosse) (?:chez|pour) $|(?<![\p{L}])(?:trabaj[oaó]|trabalho|trabalha|lavoro|lavora) (?:en|na|no|para|por|in|per|da|alla?) $/iu,
    'organisation',
    4,
  ],
  [
    /(?<![\p{L}])(?:wohne[nt]?|lebe[nt]?|ziehe[nt]?|gezogen|fahre[nt]?|fliege[nt]?|reise[nt]?|urlaub|umzug|geboren) (?:\p{L}+ )?(?:in|nach|aus) $|(?<![\p{L}])nach $|(?<![\p{L}])(?:habite|vis|vit|vivons|déménag\p{L}+|vacances|voyage) (?:à|en|au) $|(?<![\p{L}])(?:viv[oeí]|vivimos|mud[éeo]\p{L}*|viaj\p{L}+|moro|mora|abito|abita|vado|vivo) (?:en|a|em|in|para) $/iu,
    'place',
    4,
  ],
  [/(?<![\p{L}])(?:benutze|verwende|nutze|läuft (?:auf|mit)|geschrieben in|utilise|uso|usando) $/iu, 'tool', 1],
  // German, Spanish, French, Portuguese, Italian: whom a title or a tie tells, and where one goes, stays and works.
  [
    /(?<!\p{L})(?:frau|herrn?|fräulein|onkel|tante|madame|monsieur|mme|docteur|dr|dra|doctora?|doutora?|professeure?|profesora?|professora?|maestr[oa]|señora?|don|doña|dona|seu|signora?|tía|tío|tia|tio|suegr[oa]|sogr[oa]|belle-mère|beau-père|schwiegermutter|schwiegervater|nachbarin|nachbar|voisine?|vecin[oa]|vizinh[oa])\.? $/iu,
    'person',
    4,
  ],
  [
    /(?<!\p{L})(?:m[ei]+ne?[rnm]?|unsere?[rnm]?|mon|ma|notre|mi|nuestr[oa]|minha|meu|nossa|nosso|mia|mio) (?:frau|mann|tochter|sohn|mutter|vater|schwester|bruder|freundin|freund|chefin|chef|femme|mari|fille|fils|mère|père|sœur|frère|amie?|patronne?|mujer|esposa|esposo|marido|hija|hijo|madre|padre|hermana|hermano|amig[oa]|jef[ea]|filha|filho|mãe|pai|irmã|irmão|chefe),? $/iu,
    'person',
    4,
  ],
  [
    /(?<!\p{L})(?:se llama|s['’]appelle|si chiama|heißt|se chama|namens|llamad[oa]|chamad[oa]|nommée?) $/iu,
    'person',
    4,
  ],
  [/(?<!\p{L})(?:firma|empresa|entreprise|société|azienda|ditta|unternehmen) $/iu, 'organisation', 4],
  [
    /(?<!\p{L})(?:bewerbe mich|bewerbung|vorstellungsgespräch|stelle|entrevista(?: de (?:trabajo|emprego))?|puesto|vaga|entretien(?: d['’]embauche)?|poste|colloquio) (?:bei|en|no|na|chez|in|da|alla) $/iu,
    'organisation',
    4,
  ],
  [/(?<!\p{L})chez $/iu, 'organisation', 2],
  [
    /(?<!\p{L})(?:reise|fähre|flug|flüge|ferien|umzug|unterkunft|ferienwohnung|mudanza|vivir|viviremos|vivimos|déménagement|emménage\p{L}*|mudança|morar|moramos|trasloco|viaje|vuelos?|volar|volamos|hotel|noches|piso|voyage|vols?|aller|séjour|maison|ryokan|semaine à \p{Lu}\p{L}+, une|viagem|passagens|hospedagem|ficar|apartamento|noites|viaggio|volo) (?:nach|auf|a|à|au|en|em|no|na|para|in|pour|de) $/iu,
    'place',
    3,
  ],
  [
    /(?<!\p{L})(?:жен[аыеуой]{1,2}|муж\p{L}{0,2}|сын\p{L}{0,2}|доч\p{L}{1,3}|брат\p{L}{0,2}|сестр\p{L}{1,2}|т[её]щ\p{L}{1,2}|подруг\p{L}{1,2}|учительниц\p{L}{1,2}|начальниц\p{L}{1,2}|начальник\p{L}{0,2}),? $/iu,
    'person',
    4,
  ],
  [
    /(?<!\p{L})(?:переезд\p{L}{0,2}|живу|жив[её]м|переехал\p{L}?|летим|едем|поехал\p{L}?|поездк\p{L}{1,2}|родил\p{L}{2,3}|гостиниц\p{L}{1,2}|билет\p{L}{0,2}|рейс\p{L}{0,2}) (?:в|во|на|из) $/iu,
    'place',
    4,
  ],
  [/(?<!\p{L})(?:работаю|работает|собеседовани[ея]|устроил\p{L}{2,3}) в $/iu, 'organisation', 4],
  [/\b(?:attend(?:ed|ing)?|festival|conference|at the annual|celebrat(?:e|ed|ing)) (?:the )?$/i, 'event', 2],
];

const possessive = /^['’]s? \p{L}/u;

/** Tested against the text right after a name. */
const after: readonly (readonly [RegExp, EntityType, number])[] = [
  // English tells with "who" of nobody but people.
  [/^,? who(?:['’](?:s|d|ll)|\s+(?:is|was|has|had|will|also|\p{Ll}+(?:ed|s)))\b/u, 'person', 4],
  [/^ (?:movie|film|book|novel|trilogy|saga|series|universe|fan|fandom|fanfiction|fan fiction)s?\b/i, 'work', 3],
  [new RegExp(`^,? (?:is |was )?(?:my|his|her|their|our)(?: \\w+)? (?:${kin})\\b`, 'i'), 'person', 4],
  [
    /^,? (?:said|says|told|asked|suggested|thinks|thought|mentioned|agreed|replied|recommended|loves|likes|wants|wanted|joined me|and (?:i|me)\b|invited|encouraged|shared)\b/i,
    'person',
    2,
  ],
  [
    /^(?:'s|’s) (?:birthday|parents|boyfriend|girlfriend|mom|mum|dad|wife|husband|house|advice|feedback|suggestion|kids?|son|daughter|family|wedding|idea|support|coaching|encouragement)\b/i,
    'person',
    5,
  ],
  [
    /^,? (?:sagt|meint|findet|fand|denkt|dice que|dijo|piensa|opina|dit que|pense que|trouve|veut|disse|diz que|acha|говорит|сказала?|считает)(?!\p{L})/iu,
    'person',
    3,
  ],
  // What nobody but people do, and to whom. In German anything with a capital does most of it.
  [
    /^ (?:baked|cooked|cried|laughed|smiled|shouted|shrugged|nodded|phoned|apologised|apologized|proposed|promised|showed me|taught me|gave me|helped me|sent me|drove me|brought me|lent me|texted me|called me|came (?:by|over|round)|dropped by|moved (?:in|out)|and I)(?!\p{L})/u,
    'person',
    3,
  ],
  [
    /^ (?:(?:m['’]|nous |lui |vous )a |s['’]est |et moi(?!\p{L})|a (?:dit|montré|demandé|répondu|offert|préparé|pleuré|ri)(?!\p{L})|(?:wünscht sich|freut sich|weint|lacht|protestiert)(?!\p{L})|ist schwanger(?!\p{L})|(?:me|nos) (?:dijo|contó|preguntó|regaló|ayudó|enseñó|trajo|disse|contou|deu|ajudou|ensinou|trouxe)(?!\p{L})|y yo(?!\p{L})|e eu(?!\p{L})|(?:mi|ci) ha (?:detto|dato|aiutat|portat|regalat|insegnat)|ed? io(?!\p{L}))/u,
    'person',
    3,
  ],
  [/^,? (?:Inc|Ltd|LLC|GmbH|Corp)\b/, 'organisation', 5],
  [
    /^ (?:library|framework|API|SDK|CLI|plugin|package|extension|app|software|tool|server|database|module|editor|compiler|docs|integration|bot|component|query)s?\b/,
    'tool',
    3,
  ],
  [/^ v?\d+(?:\.\d+)+\b/, 'tool', 4],
  [/^ v\d/, 'tool', 4],
  [/^ project\b/i, 'project', 2],
  [/^ (?:festival|conference|summit|marathon|workshop|meetup|championship|tournament|parade|retreat)\b/i, 'event', 3],
];

/** Tested against the name itself. */
const own: readonly (readonly [RegExp, EntityType, number])[] = [
  [
    /\b(?:Inc|Ltd|LLC|GmbH|Corp|Corporation|Company|University|College|Institute|Bank|Hospital|Clinic|School|Academy|Agency|Foundation|Council|Association|Society|Group|Studios?|Fund|Press|Church|Club|Department|Ministry|Committee|Labs?|Airlines|Union)$/,
    'organisation',
    4,
  ],
  [
    /\b(?:Street|Avenue|Road|Park|City|Town|Island|Islands|Beach|Lake|River|Mountains?|Mount|Airport|County|Gardens?|Library|Bridge|Square|Valley|Bay|Coast|Falls|Museum|Cafe|Café|Restaurant|Hotel|Stadium|Theat(?:er|re)|Station|Hills?|Canyon)$/,
    'place',
    4,
  ],
  [/^(?:Mount|Lake|Saint|St\.|Fort|Port|New|San|Santa(?! Claus)|Los|Las|East|West|North|South) \p{Lu}/u, 'place', 3],
  [
    /\b(?:Conference|Festival|Summit|Marathon|Championship|Cup|Expo|Hackathon|Symposium|Olympics|Parade|Awards?|Fair)$/,
    'event',
    4,
  ],
  [/(?:\.js|\.io|\.py|\.ai|\+\+|DB|SQL|OS|API|JS)$/, 'tool', 4],
  [/\b(?:Pro|Max|Mini|Plus|Edition)$/, 'product', 2],
  [/ \d+(?:\.\d+)*$/, 'product', 2],
  [/^(?!Mc|Mac|Le|De|La|Di|O')\p{Lu}\p{Ll}+\p{Lu}/u, 'tool', 6],
  [/\.(?:com|io|org|net|dev|ai|app)$/, 'tool', 6],
  [
    /^(?:Ciudad|Cidade|Villa|Isla|Ilha|Praia|Playa|Parque|Jardim|Jardín|Plaza|Praça|Biblioteca|Museo|Museu|Musée|Lac|Lago|Monte) /,
    'place',
    4,
  ],
  [/^\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+(?:вич|вн|чн|вича|вичу|вичем)[аеуыой]{0,2}$/u, 'person', 6],
  [/^[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:ов|ев|ёв|ин|ын|ский)(?:а|у|ым|ой)?$/u, 'person', 4],
  [/^(?:University|College|Institute|Bank|Museum|Ministry|Department|School|Academy|Church) of /, 'organisation', 6],
];

/** Votes of one mention. @param text the text it stands in, between `start` and `end` */
export function voteOnMention(votes: TypeVotes, text: string, start: number, end: number): void {
  const lead = text.slice(Math.max(0, start - 48), start);
  const trail = text.slice(end, end + 40);
  // What is used of "using Carla's checklist" is the checklist.
  const owns = possessive.test(trail);
  for (const [pattern, type, weight] of before) {
    if (pattern.test(lead) && !(owns && type === 'tool')) add(votes, type, weight);
  }
  for (const [pattern, type, weight] of after) if (pattern.test(trail)) add(votes, type, weight);
}

/** Votes of the name's own form: once for a conversation. */
export function voteOnName(votes: TypeVotes, name: string): void {
  for (const [pattern, type, weight] of own) if (pattern.test(name)) add(votes, type, weight);
  const known = knownAs(name);
  if (known !== null) add(votes, known, 3);
}

export const add = <T>(votes: Map<T, number>, of: T, weight: number): void => {
  votes.set(of, (votes.get(of) ?? 0) + weight);
};
