/** The rules of every language, and the version of all of them: memories are looked for again where it grows. */
import { arabic } from './arabic.ts';
import { presentedIn } from './as-one-presents-oneself.ts';
import { chinese } from './chinese.ts';
import { englishFacts } from './english-facts.ts';
import { englishGoals } from './english-goals.ts';
import { englishTies } from './english-ties.ts';
import { englishWishes } from './english-wishes.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { hindi } from './hindi.ts';
import {
  englishHomes,
  frenchHomes,
  germanHomes,
  italianHomes,
  portugueseHomes,
  spanishHomes,
} from './homes-of-several.ts';
import { italian } from './italian.ts';
import { japanese } from './japanese.ts';
import { korean } from './korean.ts';
import type { RuleBook } from './memory-rule.ts';
import { portuguese } from './portuguese.ts';
import { rolesOneHas } from './roles-one-has.ts';
import { russian } from './russian.ts';
import { spanish } from './spanish.ts';

/** Grows with every change to a rule, a guard, or to how a clause is read. */
export const rulesVersion = 7;

export const ruleBooks: readonly RuleBook[] = [
  {
    language: 'en',
    tried:
      /\b(?:i|i'm|i’m|i've|i’ve|my|our|we|we've|goal|don't|don’t|do not|avoid|answers?|responses?|answer|reply|respond|speak|talk|write|call|address|use|units?)\b/iu,
    rules: [...englishFacts, ...englishHomes, ...presentedIn.en, ...englishTies, ...englishGoals, ...englishWishes],
  },
  {
    language: 'de',
    tried:
      /\b(?:ich|meine?|mich|mir|du|siezen|immer|nie|niemals|keine?n?|nicht|wir|unsere?|nächstes ziel|ab jetzt|ab sofort|künftig|grundsätzlich|stets|in zukunft)\b/iu,
    rules: [...german, ...germanHomes, ...rolesOneHas('de'), ...presentedIn.de],
  },
  {
    language: 'fr',
    tried:
      /(?<!\p{L})(?:(?:je|ma|mon|nous|notre|on|ne|prochain|moi)(?!\p{L})|j['’]|n['’]|toujours|désormais|dorénavant|jamais|à partir|à l['’]avenir)/iu,
    rules: [...french, ...frenchHomes, ...rolesOneHas('fr'), ...presentedIn.fr],
  },
  {
    language: 'es',
    tried:
      /(?<!\p{L})(?:yo|mi|me|tutéame|trátame|háblame|no (?:me|puedo|como|uses|utilices|escribas|respondas|pongas|incluyas|des)|nací|tenemos|vivimos|nos|busco|buscamos|necesito|necesitamos|nuestr[oa]|próxim[oa]|quiero|puedo|como|dejé|fumo|planeo|vuelvo|soy|vivo|trabajo|tengo|prefiero|preferiría|resido|estoy|siempre|nunca|a partir|de ahora|por defecto)(?!\p{L})/iu,
    rules: [...spanish, ...spanishHomes, ...rolesOneHas('es'), ...presentedIn.es],
  },
  {
    language: 'pt',
    tried:
      /(?<!\p{L})(?:eu|meu|minha|me|trata-me|trate-me|não|nasci|temos|moramos|vivemos|nos|procuro|procuramos|preciso|precisamos|mudámos|noss[oa]|próxim[oa]|quero|posso|como|parei|deixei|fumo|pretendo|voltei|sou|moro|vivo|trabalho|tenho|prefiro|preferiria|estou|gosto|adoro|chamo|mudei|sempre|nunca|a partir|daqui)(?!\p{L})/iu,
    rules: [...portuguese, ...portugueseHomes, ...rolesOneHas('pt'), ...presentedIn.pt],
  },
  {
    language: 'it',
    tried:
      /(?<!\p{L})(?:io|mio|mia|mi|dammi|diamoci|nostr[oa]|non|sono|ho|abbiamo|viviamo|abitiamo|ci|cerco|cerchiamo|vivo|abito|risiedo|lavoro|faccio|preferisco|preferirei|adoro|amo|odio|detesto|voglio|vorrei|spero|conto|mangio|fumavo|sempre|prossimo|in futuro|d['’]ora|da (?:ora|adesso))(?!\p{L})/iu,
    rules: [...italian, ...italianHomes, ...rolesOneHas('it'), ...presentedIn.it],
  },
  // By their letters: who speaks is often left out, and few write them who do not speak so.
  { language: 'ja', tried: /[\u3041-\u30ff]/u, rules: japanese },
  {
    language: 'zh',
    tried: /[我请請]|[以今][后後]|不要|每次|始[终終]|[总總]是|[从從]|[儿兒女]|老[公婆]|妻子|丈夫/u,
    rules: chinese,
  },
  { language: 'ko', tried: /[\uac00-\ud7a3]/u, rules: korean },
  { language: 'ru', tried: /[а-яё]{2}/iu, rules: russian },
  { language: 'ar', tried: /[\u0621-\u064a]/u, rules: arabic },
  { language: 'hi', tried: /[\u0904-\u0939]/u, rules: hindi },
];
