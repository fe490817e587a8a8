/**
 * What people say they want of their lives, in English, as rules: never what they want of whoever answers, which is most of what is
 * wanted in a chat. Data; see `memory-rule.ts`.
 */
import { am, i, job } from './english-words.ts';
import type { MemoryRule } from './memory-rule.ts';

const wish = `(?: (?:really |also |still |just |definitely )*(?:want|plan|intend|hope|aim|would like|'d like|’d like)|['’]d (?:like|love)|${am} (?:planning|hoping|aiming|going|trying|determined)) to`;
/** Asked of whoever answers, not of life. */
const tasks = `(?:write|create|build|fix|implement|generate|make|convert|find|get|improve|refactor|add|understand|summari[sz]e|explain|know|see|ask|compare|calculate|analy[sz]e|plot|show|predict|forecast|report|estimate|talk|discuss|hear|use|test|check|set|put|be able|have|do|tell|give|look|think|figure|try|say|share|send|start|turn|change|update|remove|print|return|sort|filter|count|download|install|deploy|run (?:the|this|it|my))`;
const tongue = `(?:some |basic )?(?:English|German|French|Spanish|Italian|Portuguese|Dutch|Chinese|Mandarin|Japanese|Korean|Russian|Arabic|Hindi|Polish|Turkish|Swedish|Norwegian|Danish|Finnish|Greek|Hebrew|Czech|Ukrainian|Romanian|Catalan|Latin|Welsh|Irish)`;
const skill = `to (?:play|swim|drive|cook|ski|sail|knit|dance|paint|draw|sing|surf|ride|speak)|(?:the )?(?:piano|guitar|violin|cello|drums|flute|saxophone|harp)`;
const life = [
  `(?:learn|study|speak)(?: to speak)? ${tongue}`,
  `learn (?:${skill})`,
  String.raw`(?:run|finish|complete) (?:an?|my|the) (?:[\p{L}-]+ ){0,3}(?:marathon|half[- ]marathon|triathlon|ironman|ultra|10k)`,
  String.raw`(?:buy|build|rent) (?:an?|our|my) (?:[\p{L}-]+ ){0,2}(?:house|home|flat|apartment|car|camper|boat|farm)`,
  String.raw`lose (?:\d+ (?:kg|kilos?|pounds?|lbs)|weight)`,
  `(?:quit|stop|give up) (?:smoking|drinking|vaping)`,
  String.raw`(?:move|relocate|emigrate) to \p{Lu}`,
  String.raw`(?:travel|hike|cycle|sail|backpack) (?:to|across|through|around|along) (?:the )?(?:\p{Lu}|world)`,
  `(?:get married|have (?:kids|children|a baby)|adopt a|go back to (?:university|college|school)|retire|start (?:my|our) own (?:business|company)|open (?:my|our|a) (?:own )?(?:restaurant|café|cafe|bakery|shop|studio))`,
].join('|');
/** When: a wish with a season or a year is one for oneself. */
const season = String.raw`(?:this|next) (?:year|summer|winter|spring|autumn|fall)|(?:in|by|before) (?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?20\d\d|(?:by|before) the end of (?:this|next|the) year|before (?:i|I) turn|some ?day|one day`;

export const englishGoals: readonly MemoryRule[] = [
  {
    kind: 'goal',
    text: 'Wants to {value}',
    confidence: 0.7,
    pattern: i(
      String.raw`${wish} (?![^.;!?]*\b(?:[Mm]inecraft|[Ss]ims|game|character|story|novel|simulation)\b)(?<value>(?:${life})(?:(?!\p{L})|(?<=\p{Lu}))[^.;!?\n]{0,100})`,
    ),
  },
  {
    kind: 'goal',
    text: 'Wants to {value}',
    confidence: 0.65,
    pattern: i(
      String.raw`${wish} (?!${tasks}\b)(?!(?:${life})(?:(?!\p{L})|(?<=\p{Lu})))(?<value>[\p{Ll}][^.,;!?\n]{3,80}? (?:${season})(?!\p{L})[^.,;!?\n]{0,20})`,
    ),
  },
  {
    kind: 'goal',
    text: 'Wants to work as {value}',
    confidence: 0.7,
    pattern: i(`${wish} (?:become|be) an? ${job}`, 'iu'),
  },
  {
    kind: 'goal',
    text: 'Goal: {value}',
    confidence: 0.65,
    pattern: new RegExp(
      String.raw`^(?:my )?(?:next |personal |running |fitness |new |main |big )+goal(?: for (?:this|next) year| for 20\d\d)?: (?!(?:to )?${tasks}\b)(?<value>[^.;!?\n]{4,120})`,
      'iu',
    ),
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
];
