/** What people say of themselves in English, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, rest } from './memory-rule.ts';

const i = (body: string, flags = 'u') =>
  new RegExp(
    String.raw`(?<!\b(?:should|can|could|do|did|would|may|might|will|shall|must|if|when|whether|unless|until|where|while|before|that|wish|how|what|why|which|because) )\b[Ii]${body}`,
    flags,
  );
const adverbs = `(?: (?:currently|now|still|also|actually|just|recently|finally|already|originally|personally|usually|mostly|mainly))*`;
const am = `(?:'m|’m| am)${adverbs}`;
const have = `(?:'ve|’ve| have)?${adverbs}`;
const job = String.raw`(?<value>(?:(?:senior|junior|lead|staff|principal|freelance|retired|registered|software|hardware|data|product|project|graphic|web|mobile|mechanical|electrical|civil|primary|secondary|high|middle|elementary|school|trainee|physics|maths?|history|english|science|music|art|pastry|head|research|clinical|nurse|social|real|estate|full-stack|front-?end|back-?end|devops|machine|learning|security|marketing|sales|account|business|financial|legal|medical|dental|veterinary|truck|bus|taxi|film|sound|video|game|technical|content|ux|ui|interior|fashion|hr|operations|general|family|self-employed|part-time) )*(?:accountant|actor|actress|analyst|animator|architect|artist|attorney|author|baker|banker|barber|barista|bartender|biologist|bookkeeper|builder|butcher|carpenter|chef|chemist|cleaner|coach|composer|consultant|contractor|cook|copywriter|counsel+or|dancer|dentist|designer|developer|director|doctor|driver|economist|editor|electrician|engineer|entrepreneur|farmer|firefighter|florist|founder|freelancer|gardener|geologist|hairdresser|historian|illustrator|journalist|judge|lawyer|lecturer|librarian|linguist|manager|mathematician|mechanic|midwife|musician|nanny|nurse|nutritionist|officer|optician|painter|paralegal|paramedic|pharmacist|photographer|physicist|physiotherapist|pilot|plumber|police officer|postdoc|producer|professor|programmer|psychologist|psychiatrist|radiologist|realtor|recruiter|researcher|salesperson|scientist|secretary|singer|social worker|soldier|statistician|student|surgeon|tailor|teacher|technician|therapist|translator|tutor|veterinarian|vet|waiter|waitress|welder|writer))\b`;
const one = `wife|husband|spouse|partner|fianc[ée]e?|girlfriend|boyfriend|mother|mom|mum|father|dad|boss|manager`;
const some = `daughter|son|sister|brother|child|kid|baby|grandson|granddaughter|niece|nephew|cousin|aunt|uncle|grandmother|grandfather|friend|best friend|roommate|flatmate|colleague|dog|cat|puppy|kitten|horse|rabbit|parrot`;
const age = String.raw`(?:older |younger |eldest |oldest |youngest |little |big |twin |\d{1,2}[- ]year[- ]old )*`;

export const englishFacts: readonly MemoryRule[] = [
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Lives in {value}',
    confidence: 0.85,
    pattern: i(`(?:${am} (?:living|based|located)|${adverbs} (?:live|reside)) in ${named}`),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Lives in {value}',
    confidence: 0.8,
    pattern: i(String.raw`${have} (?:moved|relocated) (?:back )?(?:from [\p{L} ]{2,30} )?to ${named}`),
  },
  {
    kind: 'fact',
    text: 'Comes from {value}',
    attribute: 'origin',
    confidence: 0.75,
    pattern: i(`(?:${am} from|${have} (?:grew up in|was born in)| was born in| grew up in| come from) ${named}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Works at {value}',
    confidence: 0.8,
    pattern: i(`(?:${am} working|${adverbs} work) (?:at|for) ${named}`),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Works at {value}',
    confidence: 0.75,
    pattern: i(`${have} (?:joined|started (?:working )?at|got (?:hired|a (?:new )?job) (?:at|by)) ${named}`),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'Works as {value}',
    confidence: 0.8,
    pattern: i(`(?:${am}|${adverbs} work as|${am} working as|${have} became) an? ${job}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: 'Is called {value}',
    confidence: 0.9,
    pattern: new RegExp(String.raw`\b[Mm]y (?:full |first )?name(?:'s| is) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'Is {value} years old',
    confidence: 0.75,
    pattern: i(String.raw`${am} (?<value>\d{1,2})(?= ?(?:years? old|y/o|yo)\b|[,.] |[,.]?$| and )`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'birthday',
    text: 'Has birthday on {value}',
    confidence: 0.85,
    pattern: /\bmy birthday(?:'s| is)(?: on)? (?:the )?(?<value>[\p{L}\d][\p{L}\d ]{2,25})/iu,
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'Is allergic to {value}',
    confidence: 0.9,
    pattern: i(`(?:${am}|${have} been)(?: (?:very|severely|really|deathly|highly|quite))? allergic to ${rest}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'no',
    text: 'Is not allergic to {value}',
    confidence: 0.85,
    pattern: i(`(?:${am} not|${am} no longer)(?: actually)? allergic to ${rest}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'Is allergic to {value}',
    confidence: 0.85,
    pattern: i(String.raw` have an? (?:\p{L}+ )?(?<value>[\p{L}-]+) allergy`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Eats {value}',
    confidence: 0.85,
    pattern: i(
      String.raw`(?:${am}(?: an?)?|${have} (?:become|became|gone|went|turned)|${adverbs} eat|${adverbs} keep)(?: strictly| strict| mostly)? (?<value>vegan|vegetarian|pescatarian|kosher|halal|keto|gluten[- ]free|lactose[- ]intolerant|dairy[- ]free)\b(?! (?:restaurant|recipe|dish|meal|option|food|cook))`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Is no longer {value}',
    says: 'not {value}',
    confidence: 0.8,
    pattern: i(
      String.raw`${am} (?:no longer|not) (?:an? )?(?<value>vegan|vegetarian|pescatarian)(?: any ?more)?\b`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'marriage',
    text: 'Is {value}',
    confidence: 0.8,
    pattern: i(
      String.raw`(?:${am}|${have} (?:got|gotten)) (?<value>married|engaged|divorced|widowed|single)\b(?! (?:to the idea|with|by|out|handed|mom|mum|mother|dad|parent))`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    text: 'Was diagnosed with {value}',
    confidence: 0.85,
    pattern: i(`(?:${have}| was| got)(?: been)?(?: recently| just)? diagnosed with ${rest}`, 'iu'),
  },
  {
    kind: 'fact',
    text: 'Has {value}',
    confidence: 0.8,
    pattern: i(
      String.raw` (?:have|suffer from)(?: severe| mild| chronic)? (?<value>type [12] diabetes|diabetes|asthma|adhd|autism|celiac disease|coeliac disease|epilepsy|migraines|arthritis|hypertension|high blood pressure|dyslexia|eczema|insomnia|ibs|crohn's disease|endometriosis|hypothyroidism|anxiety|depression)\b`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    text: 'Speaks {value}',
    confidence: 0.75,
    pattern: i(
      String.raw`(?:${adverbs} speak|${am} fluent in)(?: fluent| native| some)? (?<value>\p{Lu}\p{L}+(?:(?:, and |, | and )(?:(?:some|a little|a bit of|basic|fluent|native|conversational|broken) )?\p{Lu}\p{L}+)*)`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'car',
    text: 'Drives {value}',
    confidence: 0.75,
    pattern: i(
      String.raw`${adverbs} drive an? (?<value>(?:\d{4} |old |new |used )?\p{Lu}[\p{L}\p{N}-]+(?: [\p{Lu}\d][\p{L}\p{N}-]*)*)`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'time zone',
    text: 'Is in the time zone {value}',
    confidence: 0.85,
    pattern: /\bmy time ?zone(?:'s| is) (?<value>[\p{L}\d+:/_-]{2,30})/iu,
  },
  {
    kind: 'fact',
    attribute: 'study',
    text: 'Studies {value}',
    confidence: 0.7,
    pattern: i(
      String.raw`(?:${am} studying|${am} majoring in|${adverbs} study|${have} started studying) (?<value>\p{L}[\p{L} ]{2,40}?)(?= at \p{Lu}| in \p{Lu}|[,.;!]|$| and | for )(?<!exam|test)`,
      'iu',
    ),
  },
  {
    kind: 'relation',
    attribute: 'relation:{what}',
    text: 'Has a {what}, {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`\b[Mm]y (?:new |current )?(?<what>${one})(?:'s name)?(?: is(?: called| named)?|, who is called|,)? ${given}(?!'s|’s)(?=[ ,.;!?)]|$)`,
      'u',
    ),
  },
  {
    kind: 'relation',
    text: 'Has a {what}, {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`\b[Mm]y ${age}(?<what>${some})(?:'s name)?(?: is(?: called| named)?|, who is called|,)? ${given}(?=[ ,.;!?)’']|$)`,
      'u',
    ),
  },
  {
    kind: 'relation',
    text: 'Has a {what}, {value}',
    confidence: 0.8,
    pattern: i(` have an? ${age}(?<what>${some}) (?:named|called) ${given}`),
  },
  {
    kind: 'goal',
    text: 'Wants to {value}',
    confidence: 0.75,
    pattern:
      /\bmy (?:main |long-term |big |current |ultimate |personal )?(?:goal|aim|dream|new year'?s resolution)(?: for this year| this year)?(?:'s| is) to (?<value>[^.;!?\n]{4,120})/iu,
  },
  {
    kind: 'goal',
    confidence: 0.7,
    pattern: i(
      String.raw`${am} (?:training|saving(?: up)?|studying|preparing) for (?:an?|the|my) [^.;!?\n]{4,100}`,
      'iu',
    ),
  },
  {
    kind: 'event',
    confidence: 0.75,
    pattern: i(
      String.raw`${have} (?:just |recently )?(?:got married|graduated|retired|quit my job|got (?:fired|laid off|promoted)|started (?:a|my) new (?:job|role)|bought (?:a|our|my) (?:first )?(?:house|home|flat|apartment|car)|had a baby|ran (?:a|my first) marathon|broke my \p{L}+|passed my [^.;!?\n]{3,40}|adopted a \p{L}+)\b[^.;!?\n]{0,80}`,
      'iu',
    ),
  },
  {
    kind: 'decision',
    confidence: 0.7,
    pattern:
      /\b(?:i|we)(?:'ve|’ve| have)?(?: just| finally| already| both| now)* (?:decided (?:on|to|against|that)|settled on|opted for|committed to|chosen to|chosen|chose) (?!to ask|to try asking)[^.;!?\n]{3,140}/iu,
  },
  {
    kind: 'open_question',
    confidence: 0.65,
    pattern:
      /\b(?:i|we)(?:'m|’m|'re|’re| am| are)?(?: still)? (?:torn|undecided|deciding|going back and forth) (?:between|about|on|whether) [^.;!?\n]{4,140}|\b(?:i|we) (?:haven't|have not) decided (?:yet )?(?:whether|between|on|if|which) [^.;!?\n]{4,140}/iu,
  },
];
