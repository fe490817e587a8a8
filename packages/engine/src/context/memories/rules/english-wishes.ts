/** What people like, and how they want to be answered, in English, as rules. Data; see `memory-rule.ts`. */
import type { MemoryRule } from './memory-rule.ts';

const much = `(?: (?:really|also|absolutely|always|still|generally|usually|definitely|personally|much|strongly|do|just|particularly))*`;
const thing = String.raw`(?!(?:this|that|it|these|those|them|you|your|the (?:idea|way|sound|look|first|second|third|last|previous|above)|how|what|when|where|all of|some of|to (?:know|see|ask|understand|have|get|be able|hear|make|create|add|do|use|try|start))\b)(?<value>[^,.;:!?\n]{2,80})`;
const language = `(?<value>english|german|french|spanish|italian|portuguese|dutch|chinese|japanese|korean|russian|arabic|hindi|polish|turkish|swedish|ukrainian)`;
const style = `emojis?|smileys|bullet points|bullets|lists|headings|headers|markdown|tables|em[- ]dashes|jargon|exclamation (?:marks|points)|filler(?: words)?|analogies|metaphors|abbreviations|acronyms|bold(?: text)?|italics|hashtags|latex|disclaimers|buzzwords|clichés|cliches`;
const answers = `(?:your |all |the )*(?:answers?|responses?|replies|explanations?)`;

export const englishWishes: readonly MemoryRule[] = [
  {
    kind: 'instruction',
    attribute: 'answer language',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`\b(?:answer|reply|respond|write|speak|talk)(?: to me| back)?(?: only| always)? in ${language}\b(?=[ .,!]|$)(?! (?:to|about) (?:my|the|him|her|them))`,
      'iu',
    ),
  },
  {
    kind: 'instruction',
    attribute: 'answer length',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`\b(?:always |please )*(?:keep|make) ${answers} (?:always )?(?:as )?(?<value>short|brief|concise|long|detailed|thorough|to the point)\b`,
      'iu',
    ),
  },
  {
    kind: 'instruction',
    attribute: 'units',
    confidence: 0.85,
    pattern:
      /\b(?:always |please )*(?:use|answer in|give me|stick to) (?:the )?(?<value>metric|imperial)(?: units?| system)?\b/iu,
  },
  {
    kind: 'instruction',
    attribute: 'address',
    confidence: 0.85,
    pattern:
      /\b(?:please |you can |just )*(?:call|address) me (?:as |by )?(?<value>\p{Lu}[\p{L}'’-]+)(?=[.,! ]|$)(?! (?:back|when|if|later|tomorrow))/u,
  },
  {
    kind: 'preference',
    attribute: 'favourite:{what}',
    text: 'Favourite {what}: {value}',
    confidence: 0.85,
    pattern:
      /\bmy (?:all-time )?favou?rite (?<what>[\p{L}][\p{L} -]{1,30}?)(?: of all time)?(?:'s| is| are| has always been) (?!(?:when|how|that|part)\b)(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'preference',
    confidence: 0.8,
    pattern: new RegExp(
      String.raw`\bi(?:'d|’d| would)?${much} (?:prefer|rather|favou?r)\b(?! not to say)[^.;!?\n]{3,160}`,
      'iu',
    ),
  },
  {
    kind: 'preference',
    confidence: 0.65,
    pattern:
      /\b(?:as |like )i prefer\b|\bmy (?:strong |stated |personal |general )?preference (?:is|for|to)\b[^.;!?\n]{3,160}/iu,
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'Likes {value}',
    confidence: 0.7,
    pattern: new RegExp(
      String.raw`(?<!\b(?:would|do|did|should|if|that|what|things|stuff) )\bi${much} (?:love|enjoy|adore) ${thing}`,
      'iu',
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'Likes {value}',
    confidence: 0.62,
    pattern: new RegExp(
      String.raw`(?<!\b(?:would|do|did|should|if|that|what|things|stuff) )\bi${much} like ${thing}`,
      'iu',
    ),
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'no',
    text: 'Does not like {value}',
    confidence: 0.7,
    pattern: new RegExp(
      String.raw`\bi(?:${much} (?:hate|dislike|loathe|detest|can't stand|cannot stand)|${much} (?:don't|do not|don’t|no longer)(?: really| particularly| much)? (?:like|enjoy|care for)) ${thing}`,
      'iu',
    ),
  },
  {
    kind: 'preference',
    text: 'Is fond of {value}',
    confidence: 0.65,
    pattern: new RegExp(
      String.raw`\bi(?:'m|’m| am) (?:a (?:big |huge )?fan of|fond of|keen on|passionate about|obsessed with) ${thing}`,
      'iu',
    ),
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:please )?(?:don['’]t|do not|never|no|avoid) [^?!;\n]{3,120}? unless i (?:\p{L}+ )?(?:ask|say|tell|request|want)[^?!;\n]{0,80}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.55,
    alone: true,
    pattern: new RegExp(
      `^(?:please )?(?:don['’]t|do not) (?:use|add|write|put) (?:any )?(?:${style})(?: please| anymore| any more| ever| with me| in (?:your|the) (?:answers?|responses?|replies))?[.!]*$`,
      'iu',
    ),
  },
];
