/** The rules of every language, and the version of all of them: memories are looked for again where it grows. */
import { englishFacts } from './english-facts.ts';
import { englishWishes } from './english-wishes.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import type { RuleBook } from './memory-rule.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

/** Grows with every change to a rule, a guard, or to how a clause is read. */
export const rulesVersion = 2;

export const ruleBooks: readonly RuleBook[] = [
  {
    language: 'en',
    tried:
      /\b(?:i|i'm|i’m|i've|i’ve|my|we|we've|answers?|responses?|answer|reply|respond|speak|talk|write|call|address|use|units?)\b/iu,
    rules: [...englishFacts, ...englishWishes],
  },
  {
    language: 'de',
    tried: /\b(?:ich|meine?|mich|mir|immer|nie|niemals|ab jetzt|ab sofort|künftig|grundsätzlich|stets|in zukunft)\b/iu,
    rules: german,
  },
  {
    language: 'fr',
    tried: /(?<!\p{L})(?:je|j['’]|ma|mon|toujours|désormais|dorénavant|jamais|à partir|à l['’]avenir)/iu,
    rules: french,
  },
  {
    language: 'es',
    tried:
      /(?<!\p{L})(?:yo|mi|me|soy|vivo|trabajo|tengo|prefiero|preferiría|resido|estoy|siempre|nunca|a partir|de ahora|por defecto)(?!\p{L})/iu,
    rules: spanish,
  },
  {
    language: 'pt',
    tried:
      /(?<!\p{L})(?:eu|meu|minha|me|sou|moro|vivo|trabalho|tenho|prefiro|preferiria|estou|gosto|adoro|chamo|mudei|sempre|nunca|a partir|daqui)(?!\p{L})/iu,
    rules: portuguese,
  },
];
