/**
 * What the person says of themselves and how they want to be answered, found in the units of one conversation by rules. Pure, and
 * cautious: what a model wrote, what was quoted, pasted, supposed, played or asked is nothing they said of themselves.
 */
import type { About, FoundMemory, SaidUnit } from '../../space/stores/memory-findings.ts';
import { folded } from '../name-index.ts';
import { knownAs } from '../profiles/known-names.ts';
import { isStanding } from '../standing-words.ts';
import { type Clause, clausesOf, dense } from './clauses.ts';
import { beginsAsPlay, isOfSeveral, isTelling, MessagesRead, mostOfUnit, type OwnWords } from './own-words.ts';
import { isFigure } from './rules/figures.ts';
import { isDenied, isSupposed } from './rules/guards.ts';
import { isSupposedInScripts } from './rules/guards-of-scripts.ts';
import { isNoHome } from './rules/homes-of-several.ts';
import type { MemoryRule } from './rules/memory-rule.ts';
import { isAtHand, isPassing } from './rules/passing.ts';
import { ruleBooks } from './rules/rule-books.ts';

/** A message says nothing else where it is hardly longer: "please", a full stop. Characters. */
const fewMore = 20;

/** @param units of people, on the branch that stands, in the order they were said */
export function* findMemories(units: readonly SaidUnit[]): Generator<number, FoundMemory[]> {
  const found: FoundMemory[] = [];
  if (isOfSeveral(units.map(({ authorName }) => authorName))) return found;
  const played = beginsAsPlay(units[0]?.partText);
  const messages = new MessagesRead();
  for (const unit of units) {
    yield unit.end - unit.start;
    if (!isTelling(unit)) continue;
    const message = messages.of(unit);
    if (unit.start >= message.broughtFrom) continue;
    found.push(...ofUnit(unit, message, played));
  }
  return onceEach(found);
}

function ofUnit(unit: SaidUnit, message: OwnWords, played: boolean): FoundMemory[] {
  const text = unit.partText.slice(unit.start, Math.min(unit.end, unit.start + mostOfUnit));
  const found: FoundMemory[] = [];
  const { isOwn } = message;
  const take = (clause: Clause, memory: Omit<FoundMemory, keyof Place | 'key'>, key: string) =>
    found.push({ ...memory, key, ...placeOf(unit, clause) });
  if (unit.type === 'instruction') {
    const whole = { text: text.trim(), start: unit.start, end: unit.end, asks: false };
    const stands = isStanding(unit.type, text) && !isPassing(text) && !isDenied(text) && !isSupposedInScripts(text);
    if (stands && isOwn(whole) && text.length <= 1_000) {
      const attributed = wishAttribute(text);
      take(
        whole,
        { kind: 'instruction', text: whole.text, ...attributed, applies: appliesTo(text), confidence: 0.85 },
        attributed.value ?? keyOf(text),
      );
      return found;
    }
  }
  for (const sentence of sentencesOf(text))
    for (const clause of clausesOf(sentence.text, unit.start + sentence.start)) {
      if (clause.asks || clause.text.length < shortestOf(clause.text) || !isOwn(clause)) continue;
      const made: Made[] = [];
      for (const rule of rulesFor(clause.text)) {
        // Who plays a part says of the part, not of themselves; how they want to be answered is still theirs.
        if ((message.plays || played) && rule.kind !== 'instruction') continue;
        if (rule.alone === true && unit.partText.trim().length > clause.text.length + fewMore) continue;
        if (rule.beside?.test(unit.partText) === false) continue;
        made.push(...madeBy(rule, clause.text));
      }
      // Most clauses make nothing: what keeps a memory from being made is looked at last.
      if (made.length === 0 || isSupposed(clause.text) || isPassing(clause.text)) continue;
      if (isSupposedInScripts(sentence.text)) continue;
      for (const { memory, key } of made)
        if (memory.kind !== 'preference' || !isAtHand(clause.text)) take(clause, memory, key);
    }
  return found;
}

/** Characters of a clause that may say something: "我叫李明" does. */
const shortestOf = (clause: string): number => (dense.test(clause) ? 4 : 6);

function* rulesFor(clause: string): Generator<MemoryRule> {
  for (const { tried, rules } of ruleBooks) if (tried.test(clause)) yield* rules;
}

interface Place {
  readonly messagePk: number;
  readonly partIndex: number;
  readonly start: number;
  readonly end: number;
  readonly atMs: number | null;
}
const placeOf = ({ messagePk, partIndex, atMs }: SaidUnit, { start, end }: Clause): Place => ({
  messagePk,
  partIndex,
  start,
  end,
  atMs,
});

/** Where what is said goes on to something else. */
const goesOn =
  /\s+(?:and i|and my|and we|and am|and it|but|because|since|so(?: that)?|although|though|which|where|who|when|while|if|right now|at the moment|currently|these days|for (?:now|\d+|the past|about|over|almost)|with my|in order|and (?:want|need|have|would|love|like|work|live)|,|und ich|weil|aber|damit|et je|mais|parce|car (?:je|il|elle|on|nous|c['’]est)|y (?:me|mi|yo|quiero|soy)|pero|porque|e (?:eu|meu|minha|quero)|mas)(?!\p{L}).*$/iu;
/** "Cats and the neighbour has three": what follows is said of somebody else. */
const another =
  /\s+(?:and|und|et|y|e)\s+(?:(?:the|a|an|our|your|his|her|their|this|that|der|die|das|ein|eine|mein|meine|unser|unsere|le|la|les|un|une|notre|el|los|las|una|mi|nuestro|nuestra|o|os|as|um|uma|meu|minha)(?!\p{L})|\p{Lu}\p{L}+)[^,.;]{0,60}?(?<!\p{L})(?:he|she|has|have|had|is|are|was|were|will|would|can|could|does|did|got|gets|keeps|makes|wants|needs|likes|loves|hat|haben|ist|sind|war|wird|kann|mag|will|a|ont|est|sont|était|va|veut|aime|tiene|tienen|es|son|era|va|quiere|tem|têm|é|são|era|vai|quer)(?!\p{L}).*$/u;
const trimmed = (value: string): string =>
  value
    .replace(another, '')
    .replace(goesOn, '')
    .replace(/^(?:the|an?|some|any) (?=\p{Ll})/u, '')
    .replace(/\s+(?:now|too|as well|anymore|any more|though|actually|a lot|very much|so much)$/iu, '')
    .replace(/[\s.,;:!?'"”’]+$/u, '')
    .trim();

function madeBy(rule: MemoryRule, clause: string): Made[] {
  const { pattern } = rule;
  const first = pattern.global ? null : pattern.exec(clause);
  const matches = pattern.global ? [...clause.matchAll(pattern)] : first === null ? [] : [first];
  return matches.flatMap((match) => madeOf(rule, match, clause) ?? []);
}

interface Made {
  readonly memory: Omit<FoundMemory, keyof Place | 'key'>;
  readonly key: string;
}

function madeOf(rule: MemoryRule, match: RegExpMatchArray, clause: string): Made | null {
  const said = trimmed(match.groups?.value ?? match[0]);
  const what = (match.groups?.what ?? '').toLowerCase();
  if (match.groups?.value !== undefined && (said.length < 1 || said.split(/\s+/).length > mostWords(rule))) return null;
  if (rule.attribute?.startsWith('allergy:') && isFigure(said)) return null;
  if (rule.attribute === 'home' && isNoHome(said, clause)) return null;
  if (rule.known !== undefined && knownAs(said) !== rule.known) return null;
  const fill = (template: string): string =>
    template
      .replace('{value}', () => said)
      .replace('{what}', () => what)
      .replace('{a what}', () => `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`)
      .replace('{What}', () => what.slice(0, 1).toUpperCase() + what.slice(1));
  const plain = keyOf(said);
  if (plain === '') return null;
  const attribute =
    rule.attribute === undefined ? null : rule.attribute.replace('{value}', plain).replace('{what}', what);
  const value = attribute === null ? null : rule.says === undefined ? plain : rule.says.replace('{value}', plain);
  // A sentence is shown whole, a fact in the words of its rule.
  const text = rule.text === undefined ? clause.trim() : fill(rule.text);
  return {
    memory: { kind: rule.kind, text, attribute, value, applies: null, confidence: rule.confidence },
    key: value ?? (rule.text === undefined ? keyOf(clause) : `${what} ${plain}`.trim()),
  };
}

/** A liking of a thing, not of a whole story. */
const mostWords = ({ attribute, kind }: MemoryRule): number =>
  attribute?.startsWith('likes:') ? 6 : attribute?.startsWith('eats:') ? 5 : kind === 'goal' ? 24 : 8;

const keyOf = (text: string): string => folded(text).trim();

const condition =
  /\b(?:when(?:ever)?|every ?time|each time|any ?time|if) (?:i|we) (?:ask|inquire|talk|mention|request|want|say|write|am asking|need|discuss|bring up|chat)(?:ing)?(?: you| to you| with you)?(?: about| for| to| regarding| on| of)? (?<applies>[^.?!;]{3,200})|\bfor (?:all |any )?(?:my |future )?(?<kinds>[^.?!;,]{3,60}?) (?:questions?|tasks?|problems?|requests?|topics?)\b/iu;
function appliesTo(text: string): string | null {
  const groups = condition.exec(text)?.groups;
  return (groups?.applies ?? groups?.kinds)?.trim() ?? null;
}

/** As others write of a person, and as they would say it themselves. */
const told: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:the )?(?:user |user's |they |he |she )?(?:currently |now )?(lives?|works?|speaks?|drives?|moved|grew up|prefers?|likes?|loves?|hates?|enjoys?)\b/iu,
    'I $1',
  ],
  [/^(?:the )?(?:user |they |he |she )?(?:is|are)\b/iu, 'I am'],
  [/^(?:the )?(?:user |they |he |she )?(?:has|have)\b/iu, 'I have'],
  [/^(?:the )?user's\b/iu, 'My'],
];

/** What a statement that was imported or written down says something of: as it stands, or said by the person themselves. */
export function aboutOf(text: string): About {
  const own = told.reduce((said, [pattern, first]) => said.replace(pattern, first), text);
  const first = own.replace(
    /^I (live|work|speak|drive|prefer|like|love|hate|enjoy)s\b/iu,
    (_, verb: string) => `I ${verb.toLowerCase()}`,
  );
  for (const said of new Set([text, first]))
    for (const clause of clausesOf(said))
      for (const rule of rulesFor(clause.text)) {
        const [made] = rule.attribute === undefined ? [] : madeBy(rule, clause.text);
        if (made !== undefined)
          return { attribute: made.memory.attribute, value: made.memory.value, applies: appliesTo(text) };
      }
  return { attribute: null, value: null, applies: appliesTo(text) };
}

/** Of what an instruction says something, where a later one takes its place. One for a kind of question takes no place. */
function wishAttribute(text: string): { attribute: string | null; value: string | null } {
  if (appliesTo(text) !== null) return { attribute: null, value: null };
  for (const { rules } of ruleBooks)
    for (const rule of rules) {
      const [made] = rule.kind === 'instruction' && rule.attribute !== undefined ? madeBy(rule, text) : [];
      if (made !== undefined) return { attribute: made.memory.attribute, value: made.memory.value };
    }
  return { attribute: null, value: null };
}

/** A unit is often one sentence; where it is more, each by itself. */
function sentencesOf(text: string): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  let from = 0;
  for (const end of text.matchAll(
    /(?<![.!?]|\b(?:mr|mrs|ms|dr|st|vs|e\.g|i\.e))[.!?]+["'”’)]*\s+|[。！？।؟۔]+["'”’」』）)]*\s*|\n+/giu,
  )) {
    found.push({ text: text.slice(from, end.index + end[0].trimEnd().length), start: from });
    from = end.index + end[0].length;
  }
  found.push({ text: text.slice(from), start: from });
  return found.filter((one) => one.text.trim() !== '');
}

/** One message says one thing once; a statement and the same in the words of another rule are both kept. */
function onceEach(found: readonly FoundMemory[]): FoundMemory[] {
  const kept = new Map<string, FoundMemory>();
  for (const one of found) {
    const key = JSON.stringify([one.kind, one.attribute, one.key, one.messagePk]);
    if (!kept.has(key)) kept.set(key, one);
  }
  return [...kept.values()];
}
