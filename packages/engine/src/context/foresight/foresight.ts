/**
 * Which subjects are likely asked about next, by what is known now: reads what speaks for each, has it weighed (predict), and keeps
 * what came of it until something changes. Predicts nothing while nobody is there. Writes nothing and makes nothing ready.
 */
import type { Clock } from '@vivim/contract/clock';
import { presenceLimits } from '@vivim/contract/presence';
import type { Subject } from '../../space/stores/bundle-material.ts';
import type { SpaceReader } from '../../space/transactors.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { messagesOfDay } from '../profiles/rhythm.ts';
import type { NamesOf, SubjectNames } from '../subject-names.ts';
import { type Evidence, fading, type Predicted, predict, rhythmStrength, type SubjectKey } from './predict.ts';
import type { Presences } from './presences.ts';

/** Topics and entities a text speaks for at most. */
const mostNamed = 3;
/** Messages of an open conversation, its last, that say what it is about; units of them a topic takes; topics that counts for. */
const beside = { messages: 20, least: 2, most: 3 };
/** Contexts asked for lately that are looked at, and how long half of their weight lasts. */
const recent = { questions: 8, halfLifeMs: 1_800_000 };
/** Topics whose rhythm is looked at, so many of them anew at once, and how long it stays. */
const rhythm = { topics: 24, atOnce: 3, keptMs: 6 * 3_600_000 };
const hourMs = 3_600_000;

/** Whoever asked something is there for as long as one who said so. */
const thereMs = presenceLimits.lifetime;

interface Rhythm {
  readonly atMs: number;
  readonly ofHours: readonly number[];
}

export class Foresight {
  readonly #space: UserSpace;
  readonly #presences: Presences;
  readonly #names: SubjectNames;
  readonly #clock: Clock;
  readonly #rhythms = new Map<string, Rhythm>();
  #predicted: readonly Predicted[] = [];
  /** Version of the space it was predicted for; null where something else changed since. */
  #of: number | null = null;
  #askedMs: number | null = null;

  constructor(deps: { space: UserSpace; presences: Presences; names: SubjectNames; clock: Clock }) {
    this.#space = deps.space;
    this.#presences = deps.presences;
    this.#names = deps.names;
    this.#clock = deps.clock;
  }

  /** Likeliest first, as predicted last; nothing once nobody is there any more. */
  get predicted(): readonly Predicted[] {
    return this.#somebody() ? this.#predicted : [];
  }

  /** Whether it is time to predict anew. */
  get due(): boolean {
    return this.#somebody() && this.#of !== this.#space.version;
  }

  /** Something that speaks for subjects changed. */
  stale(): void {
    this.#of = null;
  }

  /** A question was answered: its person is there, and it speaks for what is asked next. */
  asked(): void {
    this.#askedMs = this.#clock();
    this.stale();
  }

  predict(): readonly Predicted[] {
    const { version } = this.#space;
    const { evidence, whole } = this.#space.read((r) => this.#evidence(r));
    this.#predicted = predict(evidence);
    this.#of = whole ? version : null;
    return this.#predicted;
  }

  #somebody(): boolean {
    const nowMs = this.#clock();
    if (this.#askedMs !== null && this.#askedMs > nowMs) this.#askedMs = nowMs;
    return (this.#askedMs !== null && nowMs - this.#askedMs < thereMs) || this.#presences.now().length > 0;
  }

  #evidence(r: SpaceReader): { evidence: Evidence[]; whole: boolean } {
    const nowMs = this.#clock();
    const names = this.#names.of(r);
    const hours = this.#rhythmsNow(r, nowMs);
    const present = this.#presences.now().flatMap((shown) => {
      const strength = fading(shown.ageMs, presenceLimits.lifetime / 2);
      return [
        ...openSubjects(r, shown).map((of): Evidence => ({ ...of, signal: 'open', strength })),
        ...named(names, shown.typed).map((of): Evidence => ({ ...of, signal: 'typed', strength })),
        ...topicsOf(r, shown.conversationId).map(
          ({ id }, i): Evidence => ({ kind: 'topic', id, signal: 'beside', strength: strength / (1 + i) }),
        ),
      ];
    });
    const { items } = r.assemblies.page({ limit: recent.questions });
    const before = items.flatMap(({ query, conversationId, at }) => {
      const strength = fading(nowMs - Date.parse(at), recent.halfLifeMs);
      const of = [...named(names, query), ...openSubjects(r, { conversationId: conversationId ?? undefined })];
      return of.map((subject): Evidence => ({ ...subject, signal: 'recent', strength }));
    });
    return { evidence: [...present, ...before, ...hours.evidence], whole: hours.whole };
  }

  /** Reading the hours of a topic is not free: a few at a time, the others when it is predicted next, which is soon. */
  #rhythmsNow(r: SpaceReader, nowMs: number): { evidence: Evidence[]; whole: boolean } {
    const topics = r.bundles.material.subjects('topic', rhythm.topics);
    const isFresh = (known: Rhythm | undefined): boolean =>
      known !== undefined && known.atMs <= nowMs && nowMs - known.atMs < rhythm.keptMs;
    const unread = topics.filter(({ id }) => !isFresh(this.#rhythms.get(id)));
    for (const { id, pk } of unread.slice(0, rhythm.atOnce))
      this.#rhythms.set(id, { atMs: nowMs, ofHours: messagesOfDay(r.topics.hours(pk)) });
    const here = new Set<string>(topics.map(({ id }) => id));
    for (const id of this.#rhythms.keys()) if (!here.has(id)) this.#rhythms.delete(id);
    const hour = Math.floor(nowMs / hourMs) % 24;
    const evidence = topics.map(({ id }): Evidence => {
      const strength = rhythmStrength(this.#rhythms.get(id)?.ofHours ?? [], hour);
      return { kind: 'topic', id, signal: 'rhythm', strength };
    });
    return { evidence, whole: unread.length <= rhythm.atOnce };
  }
}

interface Open {
  readonly conversationId?: string | undefined;
  readonly topicId?: string | undefined;
  readonly entityId?: string | undefined;
}

/** What is open and exists. */
function openSubjects(r: SpaceReader, { conversationId, topicId, entityId }: Open): SubjectKey[] {
  const { material } = r.bundles;
  const has = (kind: 'topic' | 'entity', id: string | undefined): SubjectKey[] =>
    id !== undefined && material.subject(kind, id) !== null ? [{ kind, id }] : [];
  const conversation: SubjectKey[] =
    conversationId !== undefined && material.conversation(conversationId) !== null
      ? [{ kind: 'conversation', id: conversationId }]
      : [];
  return [...conversation, ...has('topic', topicId), ...has('entity', entityId)];
}

function named({ topics, entities }: NamesOf, text: string | undefined): SubjectKey[] {
  if (text === undefined) return [];
  const of = (kind: 'topic' | 'entity', found: readonly Subject[]) => found.map(({ id }): SubjectKey => ({ kind, id }));
  return [...of('topic', topics.namedIn(text, mostNamed)), ...of('entity', entities.namedIn(text, mostNamed))];
}

function topicsOf(r: SpaceReader, conversationId: string | undefined): Subject[] {
  const { material } = r.bundles;
  const head = conversationId === undefined ? null : material.conversation(conversationId);
  if (head === null) return [];
  const units = material.unitsOfConversation(head.pk, beside.messages);
  return material.topicsOfUnits(
    units.map(({ acu }) => acu.pk),
    beside.least,
    beside.most,
  );
}
