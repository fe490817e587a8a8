/**
 * What kind of statement a stretch of prose is, by rules.
 *
 * | type          | human                                                    | model                                  |
 * |---------------|----------------------------------------------------------|----------------------------------------|
 * | instruction   | holds from now on: "always …", "never …", "from now on"  | –                                      |
 * | preference    | what the person likes, hates or would rather have, even when a question follows | –                                      |
 * | personal_fact | first person and a lasting verb or possession: "I live", "my wife …" | –                          |
 * | decision      | first person and a choice made: "we decided", "I'll go with" | –                                  |
 * | question      | asks: "?", a question word in front, or a one-off request ("write …", "can you …") | ends in "?" |
 * | answer        | –                                                        | first prose after a human's question   |
 * | statement     | the rest                                                 | the rest                               |
 *
 * `code`, `table`, `list`, `reference` (a quotation or bare addresses) and `reasoning` follow from structure and from
 * the kind of the part; prose never gets them here, except bare addresses. A one-off request counts as a question,
 * because what follows answers it; an instruction is what standing bundles repeat to every model.
 */
import type { ProseType } from './prose-type.ts';
import { hasRules, typeInLanguage } from './unit-type-languages.ts';

const polite = String.raw`(?:(?:ok(?:ay)?|hi|hey|hello|so|also|and|but|well|now|then|please|oh|yes|no|actually|btw|by the way|just|thanks|great)[,.!:]?\s+)*`;
const rule = (body: string) => new RegExp(`^${polite}(?:${body})`, 'i');

const standingInstruction = new RegExp(
  [
    String.raw`^${polite}(?:always|never|from now on|in (?:the )?future|going forward|by default)\b(?! (?:had|here|saw|up|good|happy|glad|been|give|say|mind|ever|too|the|a|in|on|with|have|\w+ing|again|was|is|has|one|enough)\b)(?![^.!]*\b(?:i|we) (?:am|was|were|have|had|do|did|think|thought|felt|feel|wanted|knew)\b)`,
    String.raw`^${polite}(?:remember|keep in mind|note|make sure)(?: to| that)? (?:always|never|you (?:always|never))\b`,
    String.raw`\b(?:from now on|for (?:all )?future (?:answers|responses|messages|conversations|questions))\b`,
    String.raw`\b(?:you (?:should|must|may) (?:always|never))\b`,
    String.raw`^${polite}(?:always|never|don't|do not|only|please)? ?(?:\w+ ){1,8}(?:when(?:ever)?|every time|each time|any time|anytime) i (?:ask|mention|say|request|want|talk|inquire|need)\b`,
    String.raw`^${polite}(?:when(?:ever)?|every time|each time|any time|anytime|if) i (?:ask|mention|say|request|talk|inquire)\b[^?]*$`,
    String.raw`^${polite}(?:call|address|refer to) me (?:as |by )?\p{L}`,
    String.raw`^${polite}(?:answer|reply|respond|write|speak)(?: to me)?(?: only| always)? in (?:english|german|french|spanish|italian|portuguese|dutch|chinese|japanese|korean|russian|arabic|hindi|bullet|short|plain|simple|markdown)\b`,
  ].join('|'),
  'iu',
);

const preference = new RegExp(
  [
    String.raw`\bi(?:'d| would)? (?:really |also |generally |usually |always |definitely |personally |much |still |strongly |do )*(?:prefer|rather|favou?r)\b(?! not to say)`,
    String.raw`\bi (?:really |also |absolutely |just |always |still |do )*(?:love|like|enjoy|hate|dislike|adore|loathe|detest|can't stand|cannot stand)\b(?! to (?:know|see|ask|understand|have you))`,
    String.raw`\bi (?:don't|do not|never|no longer) (?:really |much |particularly )*(?:like|enjoy|care for|want you to)\b`,
    String.raw`\bi'?(?:m| am) (?:a (?:big |huge )?fan of|not a (?:big |huge )?fan of|fond of|into|keen on|passionate about|obsessed with)\b`,
    String.raw`\bmy (?:favou?rite|preferred|preference|go-to)\b`,
  ].join('|'),
  'iu',
);

/** So plain a preference that a question in the same breath does not hide it. */
const statedPreference =
  /\bi (?:really |also |generally |usually |always |personally |much |strongly |still )*prefer\b|\bmy preference\b/i;
const asksFirst = /^(?:\w+,? )?(?:what|who|which|when|where|why|how|can|could|do|does|did|is|are|should|would|will)\b/i;

const decision = new RegExp(
  [
    String.raw`\b(?:i|we)(?:'ve| have| had)? (?:just |finally |already |both )*(?:decided|chosen|chose|settled on|agreed|opted|committed to|made up (?:my|our) minds?)\b`,
    String.raw`\b(?:i'll|we'll|i will|we will|i'm going to|i am going to|we're going to|let's|let us) (?:just |probably |definitely )*(?:go with|stick with|stick to|choose|switch to|settle on|use)\b`,
    String.raw`\b(?:my|our|the) (?:final )?decision (?:is|was)\b`,
    String.raw`\b(?:i'm|i am|we're|we are) going with\b`,
  ].join('|'),
  'iu',
);

const personalFact = new RegExp(
  [
    String.raw`\b(?:my|our) (?:[\p{L}-]+ ){0,2}(?:name|wife|husband|partner|girlfriend|boyfriend|fianc[ée]e?|spouse|mom|mum|mother|dad|father|son|daughter|kids?|child(?:ren)?|brother|sister|siblings?|parents?|family|grand\p{L}+|uncle|aunt|cousin|friend|boss|manager|colleague|coworker|team|company|employer|startup|business|job|role|title|salary|income|budget|dog|cat|pet|house|home|apartment|flat|city|town|country|car|bike|birthday|age|diet|allerg(?:y|ies)|doctor|condition|weight|height|hobby|hobbies|degree|major|university|school|thesis|project|website|blog|email|phone|laptop|computer|timezone|time zone|address|goal|deadline)\b`,
    String.raw`\bi'?(?:m| am) (?:currently |now |also |originally |about |almost |nearly |only |already )*(?:an?\b(?! (?:bit|little|lot|few))|the \p{L}+ (?:of|at|for)|from\b|\d{1,3}\b(?: years|,|\.|$)|allergic|married|engaged|single|divorced|widowed|pregnant|vegan|vegetarian|diabetic|retired|unemployed|self-employed|based in|living in|studying|working (?:as|at|for|on|in)|left-handed|colou?r-?blind|dyslexic|autistic|bilingual|fluent|learning)`,
    String.raw`\bi(?:'ve| have)? (?:currently |also |now |just |recently |always |still |only |used to |usually |often )*(?:live[ds]?|work(?:ed)?|stud(?:y|ied)|was born|grew up|moved|own(?:ed)?|bought|sold|graduated|majored|speak|been (?:diagnosed|working|living|learning|studying|married)|run a|manage a|teach|play(?:ed)?|volunteer(?:ed)?|adopted|started (?:a|my|working|learning)|joined|quit|retired|signed up|suffer|earn(?:ed)?|weigh|drive|met|visited|traveled|travelled|attended|completed|finished|went)\b(?! (?:fine|well|out (?:how|why|what)|as expected))`,
    String.raw`\bi have (?:(?:an?|one|two|three|four|five|six|\d+|been|no) (?!question|problem|issue|error|bug|few question|doubt|quick|feeling|idea|hard time|request|list|function|file|table|class|script|dataset|string|array|column)\p{L}+)`,
    String.raw`\bi'?(?:m| am) trying to (?:lose|quit|learn|become|save|buy|move)\b`,
  ].join('|'),
  'iu',
);

const questionWord = rule(
  String.raw`(?:what|who|whom|whose|which|when|where|why|how)(?:'s|'re|'d)?\s(?!i (?:was|went|got|am|had|need|ask))|(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|may|might|has|have|am) (?:i|you|we|they|he|she|it|there|this|that|these|those|the|a|an|my|your)\b|any (?:idea|tips|thoughts|advice|suggestions|recommendations)\b|(?:i'd like|i would like|i (?:need|want) (?:help|you|your|an?|some|to (?:know|see|find|understand))|help me|i'm looking for|i was wondering|i wonder|can you|could you|would you|let me know)\b`,
);
const request = rule(
  String.raw`(?:write|make|create|give|show|tell|explain|list|generate|find|fix|help|translate|summari[sz]e|rewrite|rephrase|describe|compare|convert|suggest|draft|draw|design|build|implement|add|remove|change|update|improve|check|review|analy[sz]e|calculate|solve|compose|continue|expand|shorten|provide|recommend|outline|plan|edit|correct|proofread|refactor|optimi[sz]e|debug|extract|classify|format|define|use|try|do|let's|let us|put|turn|replace|rename|move|test|run|search|look up|prepare|brainstorm|elaborate|teach|walk me|act as|imagine|pretend|schreib|erklär|übersetz|gib|erstell|écri[sv]|expliqu|tradui|donne|escrib|explica|traduc|dame)(?:e|en|ez|e?s|e?r|ir)?\b`,
);
const bareAddresses = /^(?:\s*(?:[-*]\s*)?https?:\/\/\S+\s*)+$/;

/**
 * The type of one sentence or short stretch a person wrote.
 * @param language of the text it stands in
 * @param byFormer as it was told before version 3 of the rules of units
 */
export function humanProseType(sentence: string, language: string | null = null, byFormer = false): ProseType {
  // A rule looks at how a sentence begins and what verb it has; nothing beyond this length is needed for that.
  const text = sentence.length > 400 ? sentence.slice(0, 400) : sentence;
  if (bareAddresses.test(text)) return 'reference';
  const asks = endsAsking(sentence);
  const foreign =
    !asks && language !== 'en' && mayBeForeign(text, language) ? typeInLanguage(text, language, byFormer) : null;
  if (foreign !== null) return foreign;
  if (statedPreference.test(text) && !asksFirst.test(text)) return 'preference';
  if (!asks && standingInstruction.test(text)) return 'instruction';
  if (asks || questionWord.test(text) || request.test(text)) return 'question';
  if (preference.test(text)) return 'preference';
  if (decision.test(text)) return 'decision';
  return personalFact.test(text) ? 'personal_fact' : 'statement';
}

/** Worth a look by the rules of other languages: it says so, or has a letter English has not. */
const mayBeForeign = (text: string, language: string | null): boolean =>
  language === null ? /[¿¡ß\u00c0-\u024f]/.test(text) : hasRules(language);

/** The type of a stretch of prose a model wrote. The first after a question is its answer; that is known elsewhere. */
export function modelProseType(text: string): ProseType {
  if (bareAddresses.test(text)) return 'reference';
  return endsAsking(text) ? 'question' : 'statement';
}

const endsAsking = (text: string): boolean => /[?？؟][\s"'”’)\]*_]*$/.test(text.length > 12 ? text.slice(-12) : text);
