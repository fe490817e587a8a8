/** What people say of themselves in English, as rules. Data; see `memory-rule.ts`. */
import { adverbs, am, have, i, job } from './english-words.ts';
import { type MemoryRule, named, rest } from './memory-rule.ts';

const trait = `left[- ]handed|right[- ]handed|ambidextrous|colou?r[- ]?blind|deaf|hard of hearing|dyslexic|autistic|diabetic|asthmatic|lactose[- ]intolerant|short-sighted|near-?sighted|far-?sighted|a wheelchair user`;
const notFood = `this|that|it|these|those|them|any|anything|anymore|much|enough|another|more|out|here|there|now|today|tonight|tomorrow|breakfast|lunch|dinner|before|after|at|in|on|until|when|while|because|like|with|all|well|too|a lot|as|so|alone|together|properly|right|everything|for|very|half|one|solid|your|my|the|and|or`;

const noTrade = `team|group|unit|couple|pair|whole|family|community|company|service|proxy|bridge|replacement|substitute|rule|result|matter|test|charm`;
const instruments = `piano|guitar|bass|violin|viola|cello|double bass|flute|clarinet|oboe|bassoon|saxophone|trumpet|trombone|tuba|french horn|drums|harp|organ|accordion|ukulele|banjo|mandolin|recorder|harmonica|bagpipes|sitar|lute|harpsichord`;

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
    attribute: 'home',
    says: 'not {value}',
    text: 'No longer lives in {value}',
    confidence: 0.8,
    pattern: i(
      `(?: no longer live in|${have} moved (?:away from|out of)| (?:don't|don’t|do not) live in (?=[^.;!?]* any ?more)) ${named}`,
    ),
  },
  {
    kind: 'fact',
    text: 'Comes from {value}',
    attribute: 'origin',
    confidence: 0.75,
    pattern: i(`(?:${am} from|${have} (?:grew up in|come from)) ${named}`),
  },
  {
    kind: 'fact',
    text: 'Was born in {value}',
    attribute: 'birthplace',
    confidence: 0.85,
    pattern: i(
      ` was (?:actually |originally )?born (?:and (?:raised|bred|grew up) )?in (?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Q\\d)\\b)${named}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Works at {value}',
    confidence: 0.8,
    pattern: i(
      String.raw`(?:${am} working|${adverbs} work)(?: as an? [\p{Ll}][\p{Ll} -]{2,40})? (?:at|for) (?:the )?${named}`,
    ),
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
    attribute: 'employer',
    says: 'not {value}',
    text: 'No longer works at {value}',
    confidence: 0.8,
    pattern: i(
      String.raw`(?: no longer work|${have} (?:stopped working|quit (?:my|the) job|lost my job|resigned|got (?:fired|laid off))| (?:don't|don’t|do not) work(?=[^.;!?]* any ?more))(?: as an? [\p{Ll}][\p{Ll} -]{2,40})? (?:at|for|from|by) (?:the )?${named}`,
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: 'self',
    text: 'Is self-employed',
    confidence: 0.8,
    pattern: i(
      `(?:${am} (?:self-employed|freelancing|my own boss|working for myself)|${have} (?:become|became|went|gone) (?:self-employed|freelance)|${adverbs} work for myself|${adverbs} run my own (?:business|company))(?!\\p{L})`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    says: '{value}',
    text: 'Is {value}',
    confidence: 0.8,
    pattern: i(
      `${am} (?<value>unemployed|retired|out of work|between jobs)(?=[,.;!]|$| (?:and|now|since|from)\\b)`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    says: 'not {value}',
    text: 'No longer works as {value}',
    confidence: 0.8,
    pattern: i(
      `(?:${am} (?:no longer|not(?=[^.;!?]* any ?more))|${have} (?:stopped|quit|gave up)(?: working as| being)?| no longer work as| (?:don't|don’t|do not) work as) an? ${job}(?: any ?more)?`,
      'iu',
    ),
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
    attribute: 'occupation',
    text: 'Works as {value}',
    confidence: 0.75,
    pattern: i(
      String.raw`(?:${adverbs} work|${am} working) as an? (?!${noTrade}\b)(?<value>[\p{Ll}-]+(?: [\p{Ll}-]+){0,2}?)(?=[,.;!]|$| (?:for|at|in|with|and|on|of)\b)`,
    ),
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
    attribute: 'age',
    text: 'Is {value} years old',
    confidence: 0.75,
    pattern: i(
      String.raw`${have} turned (?<value>\d{2})(?=[,.!]|$| (?:years? old|today|yesterday|last|this|and|on|in)\b)`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'birth year',
    text: 'Was born in {value}',
    confidence: 0.85,
    pattern: i(String.raw` was (?:actually )?born in (?:\p{Lu}\p{L}+ (?:of )?)?(?<value>(?:19|20)\d\d)(?!\d)`),
  },
  {
    kind: 'fact',
    text: 'Plays the {value}',
    confidence: 0.8,
    pattern: i(
      `(?:${adverbs} play|${have} (?:been playing|started playing|taken up)|${am} (?:playing|learning)(?: to play)?) (?:the |my )?(?<value>${instruments})(?!\\p{L}| hero| tabs?)`,
    ),
  },
  {
    kind: 'fact',
    text: 'Is learning {value}',
    confidence: 0.7,
    pattern: i(
      String.raw`(?:${am}|${have} been)(?: currently| still| slowly)? (?:learning|teaching myself) (?<value>\p{Lu}[\p{L}+#]+)(?=[,.;!]|$| (?:for|since|with|on|and|at|right|now|these)\b)`,
    ),
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
      String.raw`(?:${am}(?: an?)?|${have} (?:become|became|gone|went|turned)|${adverbs} eat|${adverbs} keep)(?: strictly| strict| mostly)? (?<value>vegan|vegetarian|pescatarian|kosher|halal|keto|gluten[- ]free|dairy[- ]free)\b(?! (?:restaurant|recipe|dish|meal|option|food|cook))`,
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
      String.raw`(?:${am} (?:no longer|not(?=[^.;!?]* any ?more))|${have} (?:stopped|quit|gave up) being) (?:an? )?(?<value>vegan|vegetarian|pescatarian)(?: any ?more)?\b`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Is not {value}',
    says: 'not {value}',
    confidence: 0.8,
    pattern: i(String.raw`${am} not (?:an? )?(?<value>vegan|vegetarian|pescatarian)\b(?![^.;!?]* any ?more)`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Eats {value}',
    confidence: 0.8,
    pattern: i(
      String.raw`(?:${adverbs} eat|${am} eating|${have} (?:started|went back to|gone back to) eating) (?<value>meat|(?:meat|fish|chicken|everything|dairy|gluten|eggs)(?= again))\b`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: 'Cannot eat {value}',
    confidence: 0.85,
    pattern: i(
      String.raw`(?: can't| can’t| cannot| can not|${am} not (?:able|allowed) to)${adverbs} (?:eat|have|tolerate|digest) (?:any )?(?!(?:${notFood})\b)(?<=(?:eat|tolerate|digest) (?:any )?|(?=(?:gluten|dairy|lactose|nuts|peanuts|shellfish|eggs|milk|alcohol|caffeine|sugar|pork)\b))(?![^.;!?]*\bwithout\b)${rest}`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'eats:{value}',
    says: 'no',
    text: 'Does not eat {value}',
    confidence: 0.75,
    pattern: i(
      String.raw` (?:don't|don’t|do not|never|no longer) eat (?:any )?(?!(?:${notFood})\b)(?![^.;!?]*\bwithout\b)${rest}`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit',
    text: 'Used to smoke',
    confidence: 0.8,
    pattern: i(
      String.raw`(?: used to smoke|${have} (?:quit|stopped|gave up|given up) smoking)\b(?![^.;!?]*(?:again|(?:19|20)\d\d))`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'quit in {value}',
    text: 'Used to smoke, quit in {value}',
    confidence: 0.85,
    pattern: i(
      String.raw`(?: used to smoke[^.;!?]{0,20} (?:quit|stopped|gave (?:it )?up|until|till)(?: smoking)?|${have} (?:quit|stopped|gave up|given up) smoking)(?: back)?(?: in)? (?<value>(?:19|20)\d\d)(?!\d)(?![^.;!?]*again)`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'no',
    text: 'Does not smoke',
    confidence: 0.8,
    pattern: i(String.raw`(?: (?:don't|don’t|do not) smoke|${am} (?:a )?non-?smoker)\b`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'smoking',
    says: 'yes',
    text: 'Smokes',
    confidence: 0.75,
    pattern: i(
      String.raw`(?:${adverbs} smoke(?=[.!]|$| (?:again|\d|a pack|cigarettes|occasionally|every day|too much))|${am} a smoker|${have} started smoking(?: again)?(?=[.!,]|$| (?:in|last|this)\b))`,
      'iu',
    ),
  },
  {
    kind: 'fact',
    text: 'Is {value}',
    confidence: 0.8,
    pattern: i(
      `(?:${am}|${have} been) (?:an? (?=left|right))?(?<value>${trait})(?=[,.;!]|$| (?:and|but|since|so|person|in (?:one|both)|guitarist)(?!\\p{L}))`,
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
      String.raw`${adverbs} drive an? (?<value>(?:(?:\d{4}|old|new|used|electric|hybrid|red|blue|green|white|black|silver|gr[ae]y|yellow) ){0,2}\p{Lu}[\p{L}\p{N}-]+(?: [\p{Lu}\d][\p{L}\p{N}-]*)*)`,
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
