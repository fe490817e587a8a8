/**
 * What one conversation says of topics and entities. Pure, and blind to every other conversation: that is what makes
 * increments and a rebuild agree.
 */
import type { Form, ProfileObservation } from '../../space/profile-observation.ts';
import type { RollupUnit } from '../../space/stores/rollup-source.ts';
import { evenWord } from '../../space/words/even-word.ts';
import { languageOf } from '../../space/words/language.ts';
import { languageByEmptyWords } from '../retrieval/function-words.ts';
import { abbreviationsIn } from './abbreviations.ts';
import { citationFirst } from './citation-form.ts';
import { entityMentions, type MentionedEntity, nameKey } from './entity-mentions.ts';
import { type Keyphrase, keyphrases } from './keyphrases.ts';
import { phraseRuns, singular } from './phrase-words.ts';
import { genericWords } from './stop-words.ts';
import { linkWords } from './stop-words-of-scripts.ts';

export interface ConversationObservation {
  readonly topics: readonly ProfileObservation[];
  readonly entities: readonly ProfileObservation[];
}

const mostTopics = 40;
const mostEntities = 80;
/** What stands behind the first few of a conversation counts for this share: it takes another conversation to show it. */
const beside = 0.5;

/**
 * Observe a conversation. A generator, because a conversation may be a book: it yields the characters read since the
 * last time, and whoever drives it may do something else in between.
 */
export function* observeConversation(
  title: string | null,
  units: readonly RollupUnit[],
): Generator<number, ConversationObservation> {
  const prose = units.filter(({ type }) => type !== 'code' && type !== 'reasoning' && type !== 'table');
  const named = yield* entityMentions(prose);
  const nameWords = new Set(
    named
      .filter(isNoTopic)
      .flatMap(({ key, names }) => [key, ...names.keys()].flatMap((name) => nameKey(name).split(' ')))
      .flatMap((word) => [word, singular(word), evenWord(word)]),
  );
  const tongue = tongueOf(title, prose);
  // Of English the phrases stand as they are: a name in front of them is mostly part of what they are called.
  const people = tongue === null || tongue === 'en' ? new Set<string>() : wordsOfPeople(named);
  const messages = new Set(prose.map(({ messagePk }) => messagePk)).size;
  const limit = Math.min(mostTopics, Math.round(4 + 2 * Math.sqrt(messages)));
  const own = Math.round(3 + Math.sqrt(messages) / 2);
  const found = yield* keyphrases(title, prose, limit + nameWords.size, tongue, people);
  const isNamed = ({ key, words }: Keyphrase) => nameWords.has(key) || words.every((word) => nameWords.has(word));
  const phrases = found.filter((phrase) => !isNamed(phrase)).slice(0, limit);
  const holders = yield* unitsHolding(phrases, units, tongue);
  const byPk = new Map(units.map((unit) => [unit.acuPk, unit]));
  const places = placesOf(units);
  const shortFor = yield* abbreviatedTopics(phrases, prose, tongue);
  return {
    topics: phrases.map((phrase, rank) => {
      const holding = holders.get(phrase.key) ?? [];
      // A topic only the title names is carried by how the conversation begins.
      const carried = holding.length > 0 ? holding : units.slice(0, 1);
      const score = rank < own || phrase.titled ? phrase.score : phrase.score * beside;
      return topicOf({ ...phrase, score }, carried, places, shortFor.get(phrase.key) ?? []);
    }),
    entities: named
      .filter(isWorthKeeping)
      .sort((a, b) => b.messagePks.size - a.messagePks.size || (a.key < b.key ? -1 : 1))
      .slice(0, mostEntities)
      .map((entity) =>
        entityOf(
          entity,
          [...entity.acuPks].flatMap((pk) => byPk.get(pk) ?? []),
          places,
        ),
      ),
  };
}

/** As phrases know their words; a Korean given name has an 이 behind it. */
const wordsOfPeople = (named: readonly MentionedEntity[]): Set<string> =>
  new Set(
    named.flatMap(({ key, types, links }) => {
      const isSomebody = (types.get('person') ?? 0) >= 3 || links.some(([kind]) => kind === 'role');
      if (!isSomebody || key.startsWith('my ')) return [];
      return key.split(' ').flatMap((word) => [word, evenWord(word), `${word}이`]);
    }),
  );

/** People, animals, places and the like are entities and no topics; a tool may be both. */
function isNoTopic({ types, links }: MentionedEntity): boolean {
  if (links.some(([kind]) => kind === 'role')) return true;
  const [best] = [...types].sort((a, b) => b[1] - a[1]);
  return best !== undefined && best[1] >= 2 && ['person', 'organisation', 'place', 'event'].includes(best[0]);
}

const isWorthKeeping = ({ humanMentions, types, messagePks }: MentionedEntity): boolean =>
  humanMentions > 0 || (types.size > 0 && messagePks.size >= 3);

/**
 * The units each phrase stands in, found by its keys wherever it is written in another number or case. What only the title says
 * stands in those that say a word of it that names something.
 */
function* unitsHolding(
  phrases: readonly Keyphrase[],
  units: readonly RollupUnit[],
  tongue: string | null,
): Generator<number, Map<string, RollupUnit[]>> {
  const byFirst = new Map<string, { key: string; words: readonly string[] }[]>();
  for (const { key, words } of phrases) {
    const first = words[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { key, words }]);
  }
  const byWord = new Map<string, string[]>();
  for (const { key, words, titled } of phrases)
    if (titled && words.length > 1)
      for (const word of words)
        if (!genericWords.has(word) && !linkWords.has(word)) byWord.set(word, [...(byWord.get(word) ?? []), key]);
  const holders = new Map<string, RollupUnit[]>();
  const partly = new Map<string, Set<RollupUnit>>();
  for (const unit of units) {
    const held = new Set<string>();
    for (const run of phraseRuns(unit.text.length > 8000 ? unit.text.slice(0, 8000) : unit.text, tongue)) {
      for (let i = 0; i < run.length; i++) {
        for (const { key, words } of byFirst.get(run[i]?.key ?? '') ?? []) {
          if (!held.has(key) && words.every((word, at) => run[i + at]?.key === word)) held.add(key);
        }
        for (const key of byWord.get(run[i]?.key ?? '') ?? [])
          partly.set(key, (partly.get(key) ?? new Set<RollupUnit>()).add(unit));
      }
    }
    for (const key of held) {
      const holding = holders.get(key);
      if (holding === undefined) holders.set(key, [unit]);
      else holding.push(unit);
    }
    yield unit.text.length;
  }
  for (const [key, some] of partly) if (!holders.has(key)) holders.set(key, [...some]);
  return holders;
}

/** Which of these phrases the conversation says to be short for which others. */
function* abbreviatedTopics(
  phrases: readonly Keyphrase[],
  units: readonly RollupUnit[],
  tongue: string | null,
): Generator<number, Map<string, Form[]>> {
  const known = new Map(phrases.map(({ key, words }) => [words.join(' '), key]));
  const counted = new Map<string, Map<string, number>>();
  for (const { text } of units) {
    for (const { short, long } of abbreviationsIn(text)) {
      const [from, to] = [short, long].map((name) => known.get(wordsOfPhrase(name, tongue)));
      if (from === undefined || to === undefined || from === to) continue;
      const longs = counted.get(from) ?? new Map<string, number>();
      longs.set(to, (longs.get(to) ?? 0) + 1);
      counted.set(from, longs);
    }
    yield text.length;
  }
  const forms = ([key, longs]: [string, Map<string, number>]): [string, Form[]] => [
    key,
    [...longs].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([long, n]): Form => ['same', long, n]),
  ];
  return new Map([...counted].map(forms));
}

const wordsOfPhrase = (text: string, tongue: string | null): string =>
  (phraseRuns(text, tongue)[0] ?? []).map(({ key }) => key).join(' ');

/** Characters of a conversation that are looked at for its language, of what its person says first. */
const tongueSample = 400;

/** The language a conversation is in, which a title or a short message does not say by itself. */
function tongueOf(title: string | null, units: readonly RollupUnit[]): string | null {
  let sample = title ?? '';
  for (const { text, byHuman } of units) {
    if (sample.length > tongueSample) break;
    if (byHuman) sample += ` ${text.slice(0, tongueSample)}`;
  }
  return languageOf(sample) ?? languageByEmptyWords(sample.toLowerCase().match(/\p{L}+/gu) ?? []);
}

/** Of each unit, by its pk: its message's place in the conversation and its own. */
type Places = ReadonlyMap<number, readonly [message: number, unit: number]>;

function placesOf(units: readonly RollupUnit[]): Places {
  const messages = new Map<number, number>();
  return new Map(
    units.map(({ acuPk, messagePk }, at) => {
      const message = messages.get(messagePk) ?? messages.size;
      messages.set(messagePk, message);
      return [acuPk, [message, at]] as const;
    }),
  );
}

function topicOf(
  phrase: Keyphrase,
  units: readonly RollupUnit[],
  places: Places,
  shortFor: readonly Form[],
): ProfileObservation {
  const strength = Math.round(10 * phrase.score);
  const forms = [...names(phrase.surfaces), ...shortFor];
  return { ...spread(units, places), key: phrase.key, forms, titled: phrase.titled, strength };
}

function entityOf(entity: MentionedEntity, units: readonly RollupUnit[], places: Places): ProfileObservation {
  const types = [...entity.types].map(([type, weight]): Form => ['type', type, weight]);
  const strength = 10 * (Math.min(entity.humanMentions, 20) + Math.min(entity.messagePks.size, 20));
  return {
    ...spread(units, places),
    key: entity.key,
    forms: [...names(entity.names), ...types.sort((a, b) => (a[1] < b[1] ? -1 : 1)), ...entity.links],
    titled: false,
    strength,
  };
}

const names = (surfaces: ReadonlyMap<string, number>): Form[] =>
  citationFirst(surfaces)
    .slice(0, 6)
    .map(([name, n]): Form => ['name', name, n]);

function spread(
  units: readonly RollupUnit[],
  places: Places,
): Pick<ProfileObservation, 'said' | 'firstMs' | 'lastMs' | 'units'> {
  let firstMs: number | null = null;
  let lastMs: number | null = null;
  for (const { createdMs } of units) {
    if (createdMs === null) continue;
    firstMs = Math.min(firstMs ?? createdMs, createdMs);
    lastMs = Math.max(lastMs ?? createdMs, createdMs);
  }
  return {
    said: units.flatMap(({ acuPk }) => places.get(acuPk) ?? []),
    firstMs,
    lastMs,
    units: units.map(({ acuPk, byHuman }) => ({ acuPk, weight: byHuman ? 2 : 1 })),
  };
}
