/**
 * What a person types into a search, beyond words: "exact phrases", word*, +word, -word, AND, OR, NOT, ( ), symbol:name, lang:python,
 * type:, source:, role:, after:, before:. Pure, and total: what is no operator is a word, and every term reaches FTS5 as a quoted string of letters and digits, so that no text is a
 * syntax error. Only searches of people are read this way; a message for an AI is text, whatever it looks like.
 */
import { AcuType } from '@vivim/contract/acu';
import { Role, Source } from '@vivim/contract/conversation';
import { z } from 'zod';
import { codeLanguage } from '../../space/words/code-language.ts';
import { symbolRange } from '../../space/words/code-symbols.ts';
import { demandOf } from '../../space/words/question-words.ts';
import { isQuestion } from './asks.ts';
import { aroundQuotes } from './quotes.ts';
import { wordsOf } from './words-of.ts';

export interface SearchSyntax {
  /** What to rank by: as it was typed where it demands and refuses nothing, else its words without operators and what is not wanted. */
  readonly text: string;
  /** Beginnings of words to rank by. */
  readonly prefixes: readonly string[];
  /** FTS5 expressions a message must match, and must not; null where nothing is demanded. */
  readonly must: string | null;
  readonly mustNot: string | null;
  readonly fields: TypedFields;
  /** Filters whose value is none: they are words like any other, and whoever typed them is told so. */
  readonly unknown: readonly UnknownField[];
}

export interface UnknownField {
  /** In small letters. */
  readonly field: string;
  /** As it was typed. */
  readonly value: string;
}

/** Filters written among the words. */
export interface TypedFields {
  /** As it is typed: a name, or the beginning of one with a star. */
  readonly symbol?: string;
  readonly language?: string;
  readonly type?: AcuType;
  readonly source?: Source;
  readonly role?: Role;
  /** Days that begin where the person is, the first inclusive, the second exclusive. */
  readonly from?: string;
  readonly to?: string;
}

type Token =
  | { readonly kind: 'and' | 'or' | 'not' | 'open' | 'close' }
  | {
      readonly kind: 'term';
      readonly words: string;
      readonly fts: string;
      readonly sign: '' | '+' | '-';
      readonly exact: boolean;
      readonly prefix: boolean;
    };

/** Operators and terms that are read; the rest of a longer search is only words. */
const mostTokens = 64;
const tokenPattern =
  /(?<sign>(?<![^\s(])[-+])?(?:["“„«](?<phrase>[^"“”„«»]{1,200})["”“»]|(?<word>[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}'’._-]*)(?<star>\*)?)|(?<paren>[()])/gu;
const operators = { AND: 'and', OR: 'or', NOT: 'not' } as const;

export function parseSearch(typed: string): SearchSyntax {
  const { fields, words, unknown } = fieldsOf(typed);
  // Of what was pasted no line was typed as a filter.
  if (isPasted(words)) return { ...nothingDemanded, text: words.trim(), fields, unknown: [] };
  if (quotesInQuestion(words)) return { ...nothingDemanded, text: words.trim(), fields, unknown };
  const tokens = tokensOf(words);
  const terms = tokens.flatMap((token) => (token.kind === 'term' ? token : []));
  const isBoolean = tokens.some(({ kind }) => kind === 'and' || kind === 'or');
  const parsed = isBoolean ? expressionOf(tokens) : demandsOf(tokens);
  const ranked = terms.filter((term) => !parsed.unwanted.has(term));
  // A question is understood by its commas and capitals too, and may be longer than what is read for operators.
  const isPlain = terms.length > 0 && !isBoolean && tokens.every(demandsNothing);
  return {
    text: isPlain
      ? words.trim()
      : ranked.flatMap(({ words, prefix, exact }) => (prefix ? [] : exact ? `"${words}"` : words)).join(' '),
    prefixes: ranked.filter(({ prefix }) => prefix).map(({ words }) => words),
    must: parsed.must,
    mustNot: parsed.mustNot,
    fields,
    unknown,
  };
}

const nothingDemanded = { prefixes: [], must: null, mustNot: null } as const;

/** Several lines were not typed as a search: the marks of a log or of code are no operators. */
const isPasted = (text: string): boolean => /\S\s*\n\s*\S/.test(text);

/**
 * A question that quotes names a title, and may name it a little wrong: what holds the quotation ranks higher, and nothing is demanded.
 * Whoever writes an operator beside it means the quotation as one.
 */
function quotesInQuestion(text: string): boolean {
  const around = aroundQuotes(text);
  return around !== text && !signedQuote.test(text) && isQuestion(around) && tokensOf(around).every(demandsNothing);
}

const signedQuote = /(?<![^\s(])[-+]["“„«]/u;

const demandsNothing = (token: Token): boolean =>
  token.kind === 'term' ? token.sign === '' && !token.exact && !token.prefix : token.kind !== 'not';

const fieldPattern =
  /(?<![^\s(])(?<field>symbol|lang|language|type|source|role|after|before):(?:"(?<quoted>[^"]{1,128})"|(?<plain>[^\s()"]{1,128}(?:\(\))?))/giu;

/** Filters out of what was typed. A value that a filter does not know is a word like any other; of two, the last counts. */
function fieldsOf(typed: string): Pick<SearchSyntax, 'fields' | 'unknown'> & { words: string } {
  let fields: TypedFields = {};
  const unknown: UnknownField[] = [];
  const words = typed.replace(fieldPattern, (whole: string, ...rest: unknown[]) => {
    const { field = '', quoted, plain } = rest.at(-1) as Record<string, string | undefined>;
    const value = quoted ?? plain ?? '';
    const found = fieldOf(field.toLowerCase(), value);
    if (found === null) {
      unknown.push({ field: field.toLowerCase(), value });
      return whole;
    }
    fields = { ...fields, ...found };
    return ' ';
  });
  return { fields, words, unknown };
}

function fieldOf(field: string, value: string): TypedFields | null {
  const word = value.toLowerCase();
  const known = <T>(parsed: { success: boolean; data?: T }, make: (data: T) => TypedFields) =>
    parsed.success && parsed.data !== undefined ? make(parsed.data) : null;
  if (field === 'type') return known(AcuType.safeParse(word), (type) => ({ type }));
  if (field === 'source') return known(Source.safeParse(word), (source) => ({ source }));
  if (field === 'role') return known(Role.safeParse(word), (role) => ({ role }));
  if (field === 'after' || field === 'before')
    return known(dayIn(word), (day) => (field === 'after' ? { from: day } : { to: day }));
  if (field === 'symbol') return symbolRange(value) === null ? null : { symbol: value };
  const language = codeLanguage(value);
  return language === null ? null : { language };
}

/** The first day of a year, of a month, or a day: `2025`, `2025-12`, `2025/12/1`. */
function dayIn(value: string): { success: boolean; data?: string } {
  const {
    year = '',
    month = '1',
    day = '1',
  } = /^(?<year>[1-9]\d{3})(?:[-/](?<month>\d{1,2})(?:[-/](?<day>\d{1,2}))?)?$/.exec(value)?.groups ?? {};
  return z.iso.date().safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

/** Letters of what a minus refuses nothing before: `nginx -t`. Behind the name of a command flags are longer: `ls -la`. */
const flag = { anywhere: 1, ofCommand: 3 };
const commands =
  /^\s*(?:[$#>%]\s+)?(?:sudo\s+)?(?:apt|apt-get|awk|bash|brew|cargo|cat|chmod|chown|cmake|cp|curl|df|dig|docker|du|ffmpeg|find|gcc|gh|git|go|grep|helm|java|journalctl|jq|kill|kubectl|ln|ls|make|mkdir|mv|node|npm|npx|openssl|perl|pip|pip3|pnpm|podman|ps|psql|python|python3|rg|rm|rsync|ruby|scp|sed|sh|sqlite3|ssh|systemctl|tail|tar|terraform|top|unzip|uv|vim|wget|xargs|yarn|zip)\s/;

function tokensOf(typed: string): Token[] {
  const longestFlag = commands.test(typed) ? flag.ofCommand : flag.anywhere;
  // In a text all in capitals OR is a word.
  const shouts = !/\p{Ll}/u.test(typed);
  const tokens: Token[] = [];
  for (const { groups = {} } of typed.matchAll(tokenPattern)) {
    const { sign = '', phrase, word, star, paren } = groups;
    if (tokens.length === mostTokens) break;
    if (paren !== undefined) tokens.push({ kind: paren === '(' ? 'open' : 'close' });
    else if (!shouts && word !== undefined && Object.hasOwn(operators, word) && sign === '') {
      tokens.push({ kind: operators[word as keyof typeof operators] });
    } else {
      const words = wordsOf(phrase ?? word ?? '').join(' ');
      if (words === '') continue;
      const isFlag = sign === '-' && word !== undefined && word.length <= longestFlag && /^[a-z\d]+$/i.test(word);
      const prefix = star !== undefined;
      const fts = demandOf(phrase ?? word ?? '', prefix ? 'beginning' : phrase === undefined ? 'word' : 'phrase');
      if (fts === null) continue;
      tokens.push({
        kind: 'term',
        words,
        fts,
        sign: isFlag ? '' : (sign as '' | '+' | '-'),
        exact: phrase !== undefined,
        prefix,
      });
    }
  }
  return isBalanced(tokens) ? tokens : tokens.filter(({ kind }) => kind !== 'open' && kind !== 'close');
}

function isBalanced(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const { kind } of tokens) {
    depth += kind === 'open' ? 1 : kind === 'close' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
}

interface Parsed {
  readonly must: string | null;
  readonly mustNot: string | null;
  readonly unwanted: ReadonlySet<Token>;
}

/** Without AND and OR: phrases, beginnings and +words are demanded, -words and NOT words are refused, the rest only ranks. */
function demandsOf(tokens: readonly Token[]): Parsed {
  const must: string[] = [];
  const mustNot: string[] = [];
  const unwanted = new Set<Token>();
  tokens.forEach((token, i) => {
    if (token.kind !== 'term') return;
    if (token.sign === '-' || tokens[i - 1]?.kind === 'not') {
      mustNot.push(token.fts);
      unwanted.add(token);
    } else if (token.sign === '+' || token.exact || token.prefix) must.push(token.fts);
  });
  return { must: must.join(' AND ') || null, mustNot: mustNot.join(' OR ') || null, unwanted };
}

/** With AND or OR: an expression over every term. NOT binds closest, then AND, also where it is left out, then OR. */
function expressionOf(tokens: readonly Token[]): Parsed {
  const unwanted = new Set<Token>();
  let at = 0;
  const parsed = either(false);
  return { must: parsed?.wanted ?? null, mustNot: parsed?.refused ?? null, unwanted };

  /** What is wanted, and what is refused beside it: FTS5 knows no NOT that stands alone. */
  function either(not: boolean): Side | null {
    const sides: Side[] = [];
    for (;;) {
      const side = all(not);
      if (side !== null) sides.push(side);
      if (tokens[at]?.kind !== 'or') break;
      at++;
    }
    if (sides.length < 2) return sides[0] ?? null;
    // A refusal inside one of several ways holds for that way alone.
    const ways = sides.flatMap((side) => joined(side) ?? []);
    return { wanted: ways.length === 0 ? null : `(${ways.join(' OR ')})`, refused: null };
  }

  function all(not: boolean): Side | null {
    const wanted: string[] = [];
    const refused: string[] = [];
    for (
      let token = tokens[at];
      token !== undefined && token.kind !== 'or' && token.kind !== 'close';
      token = tokens[at]
    ) {
      at++;
      if (token.kind === 'and') continue;
      const negated = token.kind === 'not' || (token.kind === 'term' && token.sign === '-');
      const operand = token.kind === 'not' ? tokens[at++] : token;
      if (operand?.kind === 'term') {
        if (negated !== not) unwanted.add(operand);
        (negated ? refused : wanted).push(operand.fts);
      } else if (operand?.kind === 'open') {
        const inner = either(negated !== not);
        if (tokens[at]?.kind === 'close') at++;
        const whole = inner === null ? null : joined(inner);
        if (whole !== null) (negated ? refused : wanted).push(whole);
      }
    }
    if (wanted.length === 0 && refused.length === 0) return null;
    return {
      wanted: wanted.length === 0 ? null : wanted.length === 1 ? (wanted[0] ?? null) : `(${wanted.join(' AND ')})`,
      refused: refused.length === 0 ? null : `(${refused.join(' OR ')})`,
    };
  }
}

interface Side {
  readonly wanted: string | null;
  readonly refused: string | null;
}

/** One expression; null where only something is refused. */
const joined = ({ wanted, refused }: Side): string | null =>
  wanted === null ? null : refused === null ? wanted : `(${wanted} NOT ${refused})`;
