/**
 * What a person is doing now, as a client of theirs says, and what is likely asked next. Presence lives in the memory of their
 * engine for minutes; it is written nowhere.
 */
import { z } from 'zod';
import { ConversationId, EntityId, TopicId } from './ids.ts';
import { TimeZone } from './time-zone.ts';

/** A name a page, a terminal or an editor makes up for itself, so that what it says and asks later takes the place of what was before. */
export const PageName = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, '8 to 64 letters, digits, _ and -.');

export const presenceLimits = {
  /** Milliseconds a presence holds. */
  lifetime: 300_000,
  /** Pages of a person that are remembered; a newer one takes the place of the one that said something longest ago. */
  pages: 16,
  /** UTF-16 units of text that is being typed. */
  typed: 2_000,
  /** So many at once, and one more each so many milliseconds. */
  burst: 20,
  refill: 500,
} as const;

export const Presence = z.strictObject({
  /** The name the page made up for itself: what it says later takes the place of this. */
  page: PageName,
  /** What is open there. A presence that names nothing takes the last one back. */
  conversationId: ConversationId.optional(),

  /** The topic that is open there. */
  topicId: TopicId.optional(),

  /** The person, place or thing that is open there. */
  entityId: EntityId.optional(),
  /** What is being typed to be asked. */
  typed: z.string().trim().max(presenceLimits.typed).optional(),
  /** Where: what "last week" means in it. UTC. */
  timeZone: TimeZone.optional(),
});
export type Presence = z.infer<typeof Presence>;

export const SubjectKind = z.enum(['conversation', 'topic', 'entity']);
export type SubjectKind = z.infer<typeof SubjectKind>;

/**
 * What speaks for a subject being asked about: it is open, the text being typed names it, the conversation that is open is about
 * it, it was asked about lately, or it is spoken of at this hour of the day.
 */
export const foresightSignals = ['open', 'typed', 'beside', 'recent', 'rhythm'] as const;
export const ForesightSignal = z.enum(foresightSignals);
export type ForesightSignal = z.infer<typeof ForesightSignal>;

export const Prediction = z.strictObject({
  /** Whether it is a conversation, a topic or an entity. */
  kind: SubjectKind,
  id: ConversationId.or(TopicId).or(EntityId),
  label: z.string(),
  /** 0–1. */
  score: z.number(),
  /** Strongest first. */
  why: z.array(ForesightSignal).min(1),
  /** Made ready already. */
  ready: z.boolean(),
});
export type Prediction = z.infer<typeof Prediction>;

const guessed = z.strictObject({ predicted: z.int(), right: z.int() });

export const ForesightTally = z.strictObject({
  /** Contexts asked for since `since`: the next three together. */
  questions: z.int(),
  /** One of what was predicted was asked about. */
  hits: z.int(),
  /** Something was predicted, and none of it asked about. */
  misses: z.int(),
  /** Nothing was predicted. */
  unpredicted: z.int(),
  /** Subjects that were asked about, and how many of them were predicted. */
  subjects: z.int(),

  /** Of the subjects, those that were predicted. */
  foreseen: z.int(),
  /** Predictions a question could be held against, by what spoke most for them, and how many were right. */
  signals: z.strictObject({
    /** It was open on a page. */
    open: guessed,
    /** The text being typed named it. */
    typed: guessed,
    /** The conversation that was open is about it. */
    beside: guessed,
    /** It was asked about lately. */
    recent: guessed,
    /** It is spoken of at this hour of the day. */
    rhythm: guessed,
  }),

  /** When counting began, ISO 8601 in UTC; null where nothing was counted. */
  since: z.string().nullable(),
});
export type ForesightTally = z.infer<typeof ForesightTally>;

/** What is likely asked next, and how often that was right. */
export const Foresight = z.strictObject({
  /** Pages that said what they show and still hold. */
  pages: z.int(),
  /** Likeliest first; empty while nobody is there. */
  predicted: z.array(Prediction),

  /** How often that was right, since the engine began to count. */
  tally: ForesightTally,
});
export type Foresight = z.infer<typeof Foresight>;
