/** Whom people say they have: family, animals, those they go to, in English, as rules. Data; see `memory-rule.ts`. */
import { i } from './english-words.ts';
import { given, type MemoryRule, person } from './memory-rule.ts';

/** One at a time: who is said last takes the place of who was before. */
const one = `wife|husband|spouse|partner|fianc[ée]e?|girlfriend|boyfriend|mother|mom|mum|father|dad|boss|manager|supervisor|landlord|landlady|physio|physiotherapist|doctor|gp|dentist|therapist|psychologist|psychiatrist|midwife|vet|lawyer|accountant`;
/** Said with what they teach or advise on: "my piano teacher". A thesis has the supervisor one has. */
const taught = `(?!(?:old|former|ex|last|first|previous|late|other|second|favou?rite|best)\\b)(?:[\\p{Ll}-]+ )?(?:teacher|tutor|coach|trainer|instructor|advis[eo]r|mentor)`;
const some = `daughter|son|sister|brother|child|kid|baby|grandson|granddaughter|niece|nephew|cousin|aunt|uncle|grandmother|grandfather|friend|best friend|roommate|flatmate|colleague|neighbou?r|dog|cat|puppy|kitten|horse|rabbit|parrot`;
const age = String.raw`(?:older |younger |eldest |oldest |youngest |little |big |twin |\d{1,2}[- ]year[- ]old )*`;
/** No name of somebody one has. */
const noName = `(?!(?:Google|ChatGPT|Claude|Gemini|Siri|Alexa|Today|Yesterday|Tomorrow|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Said|And|But)\\b)`;
const called = `(?:'s name)?(?: is(?: called| named)?|, who is called|,)?`;
const many = `(?:two|three|four|five|six|\\d) (?:cats|dogs|kittens|puppies|horses|rabbits|children|kids|daughters|sons|boys|girls|sisters|brothers|grandchildren)`;

export const englishTies: readonly MemoryRule[] = [
  // Who looks for another has the one before no more.
  {
    kind: 'relation',
    attribute: 'relation:{what}',
    says: 'sought',
    text: 'Is looking for a new {what}',
    confidence: 0.7,
    pattern: i(
      String.raw`(?: (?:now |also )?need|(?:'m|’m| am) (?:now |still )?looking for) a new (?:thesis |phd |doctoral )?(?<what>(?!wife|husband|spouse|mother|mom|mum|father|dad)(?:${one}|${taught}))(?=[,.!;]|$| (?:and|because|since|in|near|for|now|who|as)\b)`,
    ),
  },
  {
    kind: 'relation',
    attribute: 'relation:{what}',
    text: 'Has {a what}, {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`\b(?:[Mm]y|[Oo]ur) (?:new |current |thesis |phd |PhD |doctoral )*(?<what>${one}|${taught})${called} ${noName}${person}(?!'s|’s)(?=[ ,.;!?)]|$)`,
      'gu',
    ),
  },
  {
    kind: 'relation',
    text: 'Has {a what}, {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`\b(?:[Mm]y|[Oo]ur) ${age}(?<what>${some})${called} ${noName}${person}(?=[ ,.;!?)’']|$)`,
      'gu',
    ),
  },
  {
    kind: 'relation',
    text: 'Has {a what}, {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`\b(?:I|[Ww]e)(?:'ve|’ve)?(?: also| now)? (?:have|got|adopted) an? ${age}(?<what>${some}),? (?:named|called|whose name is) ${given}`,
      'gu',
    ),
  },
  {
    kind: 'relation',
    text: 'Has {value}',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`\b(?:I|[Ww]e)(?:'ve|’ve)?(?: also| now)? (?:have|got|adopted) (?<value>${many}(?: from [\p{L} ]{3,30})?(?:,|:|,? (?:named|called)) \p{Lu}[\p{L}'’-]+(?:, \p{Lu}[\p{L}'’-]+)*,? and \p{Lu}[\p{L}'’-]+)(?=[ ,.;!?)]|$)`,
      'gu',
    ),
  },
  {
    kind: 'fact',
    attribute: 'children',
    text: 'Has {value}',
    confidence: 0.75,
    pattern: i(
      String.raw` have (?<value>(?:two|three|four|five|six|\d) (?:children|kids))(?=[.!,:]|$| (?:and|who|aged|under|together|now)\b)`,
    ),
  },
];
