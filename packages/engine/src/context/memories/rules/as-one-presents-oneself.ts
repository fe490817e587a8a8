/**
 * How people present themselves ("hi, I'm Tom", "ich bin Jonas, …", "soy Lucía") and how they want to be spoken to ("duze mich"), in six
 * languages. Without "my name is", a word with a capital may be a people, a faith or, in German, any noun: only a name many people have
 * counts, or one behind an English greeting. Data; see `memory-rule.ts`.
 */
import { job } from './english-words.ts';
import { given, type MemoryRule } from './memory-rule.ts';

const called = (text: string, pattern: string, known: boolean): MemoryRule => ({
  kind: 'fact',
  attribute: 'name',
  text,
  confidence: known ? 0.75 : 0.8,
  ...(known ? { known: 'person' as const } : {}),
  pattern: new RegExp(pattern, 'u'),
});
/** The clause goes on to something else, or ends. */
const behind = (and: string) => String.raw`(?=[,.!;]|$| (?:${and})\b)`;

/** Kept in words of its own: what else the clause wants is another wish. */
const addressed = (says: string, text: string, pattern: string): MemoryRule => ({
  kind: 'instruction',
  attribute: 'form of address',
  says,
  text,
  confidence: 0.85,
  pattern: new RegExp(String.raw`(?<!\p{L})(?:${pattern})(?!\p{L})`, 'iu'),
});

const noName = `(?!(?:Christian|German|French|Spanish|Italian|American|British|English|Irish|Indian|Chinese|Japanese|Muslim|Jewish|Catholic|Buddhist|Hindu|Bob's|Your)\\b)`;

const aged = String.raw`an? \d{1,2}[- ]year[- ]old`;
/** What one is besides a trade. */
const noTrade = `(?:man|woman|guy|girl|boy|lady|male|female|adult|person|human|teen(?:ager)?|kid|child|mother|mum|mom|father|dad|parent|beginner|newbie|single|married|living|who|with|from|in)\\b`;
const trade = String.raw`(?!${noTrade})(?<value>[\p{Ll}-]+(?: (?!${noTrade}|working|based|and\b)[\p{Ll}-]+){0,3})(?=[,.;!]|$| (?:from|in|at|with|who|and|living|working|based)\b)`;

export const presentedIn = {
  en: [
    called(
      'Is called {value}',
      `^I(?:'m|’m| am) ${noName}${given}(?=, (?:${aged}|an? ${job.replace('?<value>', '?:')}))`,
      false,
    ),
    {
      kind: 'fact',
      attribute: 'occupation',
      text: 'Works as {value}',
      confidence: 0.75,
      pattern: new RegExp(
        String.raw`(?:^I(?:'m|’m| am) \p{Lu}[\p{L}’'-]+, |\b(?:I|[Mm]y)\b(?:(?!\b(?:he|she|they|his|her|him|their|like)\b)[^.;!?])* as |^As )${aged} ${trade}`,
        'u',
      ),
    },
    called('Is called {value}', `^I(?:'m|’m| am) ${noName}${given}${behind('and (?:I|my)|from|here')}`, true),
    called(
      'Is called {value}',
      `^(?:[Hh]i|[Hh]ello|[Hh]ey)(?: there| all| everyone)?[,.!]? (?:I(?:'m|’m| am)|this is) ${noName}${given}${behind('and (?:I|my)|from|here')}`,
      false,
    ),
  ],
  de: [
    called('Heißt {value}', `(?:^|, )[Ii]ch bin (?:der |die )?${given}${behind('und|aus')}`, true),
    addressed('du', 'Duze mich', 'duze? mich|sag (?:einfach |bitte )?du zu mir'),
    addressed('sie', 'Sieze mich', 'sieze? mich|siezen sie mich'),
  ],
  fr: [
    called('S’appelle {value}', `(?:^|, )(?:[Jj]e suis|[Mm]oi c['’]est) ${given}${behind('et|de')}`, true),
    addressed('tu', 'Tutoie-moi', 'tutoie[sz]?-moi|tu peux me tutoyer'),
    addressed('vous', 'Vouvoie-moi', 'vouvoie[sz]?-moi'),
  ],
  es: [
    called('Se llama {value}', `(?:^|, )[Ss]oy ${given}${behind('y|de')}`, true),
    addressed('tú', 'Tutéame', 'tutéame|trátame de tú|háblame de tú'),
    addressed('usted', 'Trátame de usted', 'trátame de usted|háblame de usted'),
  ],
  pt: [
    called('Chama-se {value}', `(?:^|, )(?:[Ee]u )?[Ss]ou (?:o |a )?${given}${behind('e|de|do|da')}`, true),
    addressed('tu', 'Trata-me por tu', 'trata-me por tu|me trat[ae] por tu'),
    addressed('você', 'Trate-me por você', 'me trat[ae] por você|trate-me por você'),
  ],
  it: [
    called('Si chiama {value}', `(?:^|, )(?:[Ii]o )?[Ss]ono ${given}${behind('e|di')}`, true),
    addressed('tu', 'Dammi del tu', 'dammi del tu|diamoci del tu'),
    addressed('lei', 'Mi dia del lei', 'mi dia del lei|dammi del lei'),
  ],
} satisfies Readonly<Record<string, readonly MemoryRule[]>>;
