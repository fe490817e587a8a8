/** What people say of themselves in German, simply, as rules. Data; see `memory-rule.ts`. */
import { given, type MemoryRule, named, rest } from './memory-rule.ts';

const adverbs = String.raw`(?: (?:jetzt|gerade|aktuell|derzeit|inzwischen|seit \p{L}+|zurzeit|auch|schon|noch|hier))*`;

export const german: readonly MemoryRule[] = [
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Wohnt in {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`\b[Ii]ch (?:wohne|lebe)${adverbs} in ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'home',
    text: 'Wohnt in {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`\b[Ii]ch bin${adverbs} (?:von [\p{L}]+ )?nach ${named} (?:gezogen|umgezogen)`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'employer',
    text: 'Arbeitet bei {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`\b[Ii]ch arbeite${adverbs} (?:bei|für)(?: der| dem)? ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'occupation',
    text: 'Arbeitet als {value}',
    confidence: 0.8,
    pattern: new RegExp(String.raw`\b[Ii]ch arbeite${adverbs} als (?<value>\p{Lu}\p{L}+)`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'name',
    text: 'Heißt {value}',
    confidence: 0.85,
    pattern: new RegExp(String.raw`(?:\b[Ii]ch heiße|\b[Mm]ein Name ist) ${named}`, 'u'),
  },
  {
    kind: 'fact',
    attribute: 'age',
    text: 'Ist {value} Jahre alt',
    confidence: 0.8,
    pattern: /\bich bin (?<value>\d{1,2}) jahre alt/iu,
  },
  {
    kind: 'fact',
    attribute: 'allergy:{value}',
    says: 'yes',
    text: 'Ist allergisch gegen {value}',
    confidence: 0.9,
    pattern: new RegExp(String.raw`\bich bin (?:stark |sehr )?allergisch (?:gegen|auf) ${rest}`, 'iu'),
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Isst {value}',
    confidence: 0.85,
    pattern:
      /\bich (?:bin|esse|ernähre mich|lebe)(?: jetzt| inzwischen| rein)? (?<value>vegan|vegetarisch|glutenfrei|halal|koscher)\b/iu,
  },
  {
    kind: 'fact',
    attribute: 'diet',
    text: 'Ist {value}',
    confidence: 0.85,
    pattern: /\bich bin(?: jetzt| inzwischen| seit \p{L}+)? (?<value>(?:Vegetarier|Veganer)(?:in)?)\b/iu,
  },
  {
    kind: 'relation',
    text: '{What}: {value}',
    confidence: 0.85,
    pattern: new RegExp(
      String.raw`\b[Mm]eine? (?:ältere |jüngere |kleine |große |älterer |jüngerer |kleiner |großer )?(?<what>Frau|Mann|Tochter|Sohn|Bruder|Schwester|Mutter|Vater|Freundin|Freund|Partner(?:in)?|Chef(?:in)?|Hund|Katze)(?: heißt)? ${given}(?=[ ,.;!]|$)`,
      'u',
    ),
  },
  {
    kind: 'goal',
    text: 'Möchte {value}',
    confidence: 0.75,
    pattern: /\bmein ziel ist(?: es)?,? (?<value>[^.;!?\n]{4,120})/iu,
  },
  {
    kind: 'preference',
    confidence: 0.75,
    pattern: /\bich (?:bevorzuge|ziehe es vor|mag lieber|hätte lieber) [^.;!?\n]{3,160}/iu,
  },
  {
    kind: 'preference',
    attribute: 'likes:{value}',
    says: 'yes',
    text: 'Mag {value}',
    confidence: 0.65,
    pattern:
      /\bich (?:mag|liebe) (?!(?:das|es|dies\w*|den|die idee|dich|wie|nicht|kein\w*|lieber)\b)(?<value>[^,.;!?\n]{2,60})/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern:
      /^(?:bitte )?(?:antworte?|schreibe?|benutze?|verwende?|gib|nenne?|erkläre?|sprich|rede?|halte?)(?: mir| mich)? (?:bitte )?(?:immer|nie(?:mals)?|ab jetzt|ab sofort|künftig|grundsätzlich|stets)\b[^?]{3,200}/iu,
  },
  {
    kind: 'instruction',
    confidence: 0.85,
    pattern: /^(?:ab jetzt|ab sofort|künftig|in zukunft|von jetzt an)\b[^?]{5,200}/iu,
  },
  {
    kind: 'instruction',
    attribute: 'address',
    confidence: 0.8,
    pattern: new RegExp(String.raw`\b[Nn]enn(?:e)? mich (?:bitte )?${given}`, 'u'),
  },
];
