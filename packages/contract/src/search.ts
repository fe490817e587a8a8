/** Search: what was said where, with the reasons each hit is one. */
import { z } from 'zod';
import { AcuType } from './acu.ts';
import { Annotation, Tag } from './annotation.ts';
import { Arm, arms } from './arms.ts';
import { AsOf } from './as-of.ts';
import { Role, Source } from './conversation.ts';
import { ArchivedChoice } from './conversation-list.ts';
import { AcuId, ConversationId, EntityId, MessageId, ProjectId, TopicId } from './ids.ts';
import { Memory } from './memory.ts';
import { Flag, ReadQuery } from './page.ts';
import { TimeZone } from './time-zone.ts';

export const SearchQuery = ReadQuery.extend({
  /**
   * What to look for. "exact phrase" and `word*` (a beginning) and `+word` must be there, `-word` must not; AND, OR, NOT
   * and brackets combine them. In a question without any other of these ("When did I read "Dune"?") a quotation demands nothing: what
   * holds it ranks higher, and `unheld` says where nothing does; `+"exact phrase"` demands it there too; `symbol:`, `lang:`, `type:`, `source:`, `role:`, `after:`
   * and `before:` (a year, month or day) filter as the parameters do, and win over them. All else only ranks. May be left out where `like` or `symbol` is given.
   */
  q: z.string().trim().min(1).max(4_000).optional(),
  /** Find what is like this message. */
  like: MessageId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  cursor: z.string().max(512).optional(),
  source: Source.optional(),
  role: Role.optional(),
  /** Inclusive, ISO 8601 date or time; a date begins in `timeZone`. */
  from: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  /** Exclusive. */
  to: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  conversation: ConversationId.optional(),
  project: ProjectId.optional(),
  /** Only of conversations with this tag; archived ones are found like the others unless this says otherwise. */
  tag: Tag.optional(),
  archived: ArchivedChoice.optional(),
  /** Only messages with a bookmark, or in a conversation that has one. */
  bookmarked: Flag.optional(),
  /** Only messages that hold a unit of this topic, entity, type or language (BCP 47, or a programming language). */
  topic: TopicId.optional(),
  entity: EntityId.optional(),
  type: AcuType.optional(),
  language: z.string().min(1).max(64).optional(),
  /** Only messages with code that defines this: a function, type, constant, table. `parse*` is any that begins so. */
  symbol: z.string().trim().min(1).max(128).optional(),
  /** Only what this model said, or was asked in a conversation with it. */
  model: z.string().min(1).max(200).optional(),
  /**
   * Without it the shown branch alone, as `active`. `all` finds what stands on other branches than the shown one too: what was edited away, answers asked for again. By its words
   * alone: topics, entities, types and languages are known of the shown branch only.
   */
  branches: z.enum(['active', 'all']).optional(),
  /** When the question is asked and where: what "last week" means. Now, in UTC. Time zones of the IANA database. */
  at: z.iso.datetime({ offset: true }).optional(),
  timeZone: TimeZone.optional(),
  /** Search as it would have been at this time: only what was said by then. */
  asOf: AsOf.optional(),
  /** Only what is valid: nothing that merely says what a memory no longer holds, nothing deleted at its source. */
  liveOnly: Flag.optional(),
  /** Arms left out, with commas between them: what each is worth is seen by its absence. */
  without: z
    .string()
    .regex(new RegExp(`^(?:${arms.join('|')})(?:,(?:${arms.join('|')}))*$`))
    .optional(),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** A time that a question tells by an event, and when that was. */
export const ReasonEvent = z.strictObject({
  /** The event, in the words of the question: `I moved to Lisbon`. */
  event: z.string(),
  /** What the question says of it: `before I moved to Lisbon`. */
  said: z.string(),
  /** When it was, a day where the person is; null where nothing says it, and the event was looked for as words. */
  day: z.iso.date().nullable(),
  /** Where that is known from: the day it was said on, or the memory that says it. */
  saidOn: z.iso.date().optional(),

  /** The memory that says when it was. */
  remembered: z.string().optional(),
});
export type ReasonEvent = z.infer<typeof ReasonEvent>;

/** A code, with what it was found by: a face says it in a language of its own. */
export const Reason = z.strictObject({
  /** Which way of looking found it. */
  arm: Arm,
  /** What this arm added to the fused score. */
  score: z.number(),
  /** The same said in English, for whoever has no words of their own. */
  detail: z.string(),
  /** The words or names it was found by, where it was found by any. */
  terms: z.array(z.string()).optional(),
  /** Of `meaning`: the cosine. */
  similarity: z.number().optional(),
  /** Of `recency`: the question asks for what was said first, and this is among that. */
  first: z.literal(true).optional(),
  /** Of `time`: the event that told it. Of `words`: the one of which nothing says when it was. */
  event: ReasonEvent.optional(),
});
export type Reason = z.infer<typeof Reason>;

export const SearchHit = z.strictObject({
  conversation: z.strictObject({
    id: ConversationId,
    externalId: z.string().nullable(),
    title: z.string().nullable(),
    /** The first words of its person, to call it by where it has no title; null where it has one, or they said nothing. */
    opening: z.string().nullable(),
    source: Source,
  }),
  message: z.strictObject({
    id: MessageId,
    externalId: z.string().nullable(),
    createdAt: z.string().nullable(),
    role: Role,
  }),
  /** The unit that fits best. Of what stands on another branch no units are made: a passage of it, without id and type. */
  acu: z.strictObject({
    id: AcuId.nullable(),
    /** Its words, whole. */
    text: z.string(),
    /** What sort of thing it says; null on another branch. */
    type: AcuType.nullable(),
  }),
  /** Whether it stands on the branch that is shown, or on another. */
  branch: z.enum(['shown', 'other']),
  score: z.number(),
  reasons: z.array(Reason),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** A memory that holds the words; it is about the person and stands in no conversation. */
export const MemoryHit = z.strictObject({ memory: Memory, score: z.number() });
export type MemoryHit = z.infer<typeof MemoryHit>;

/** A note of the person's own that holds the words. */
export const NoteHit = z.strictObject({
  /** The note, with what it hangs on. */
  note: Annotation,
  score: z.number(),
});
export type NoteHit = z.infer<typeof NoteHit>;

/** A conversation whose title holds words of the question. Titles rank no message: nobody said them. */
export const TitleHit = z.strictObject({
  conversation: SearchHit.shape.conversation.omit({ opening: true }),
  /** When it was last said something in; null where nothing dates it. */
  at: z.string().nullable(),
  /** Of the words that were looked for, those its title holds. */
  terms: z.array(z.string()).min(1),
});
export type TitleHit = z.infer<typeof TitleHit>;

/** A word that no message holds, and those it was taken for. */
export const SpeltWord = z.strictObject({
  /** As it was typed, lower case. */
  word: z.string(),
  /** Words that are spelt nearly so. */
  as: z.array(z.string()).min(1),
});

/** A filter typed among the words whose value is none: `source:nothing`. It was looked for as words. */
export const UnknownFilter = z.strictObject({
  /** As it was typed: `source`, `role`, `type`, `lang`, `symbol`, `after`, `before`. */
  field: z.string(),
  /** What was typed behind the colon, without its quotation marks. */
  value: z.string(),
  /** What it takes: of sources those that conversations here came from, of dates how they are written; empty where that is no list. */
  known: z.array(z.string()),
});
export type UnknownFilter = z.infer<typeof UnknownFilter>;

export const SearchResult = z.strictObject({
  items: z.array(SearchHit),
  /** With the first page only, and only where nothing but the words was asked for: the best active memories. */
  memories: z.array(MemoryHit),
  /** The words that were looked for, lower case; those a hit holds are the terms of its reason `words`. */
  terms: z.array(z.string()),
  /** Those of them that no message holds, in any form, whatever is on this page; a title may. */
  nowhere: z.array(z.string()),
  /** What the search quotes and no message holds word behind word, lower case: in a question the words of it are looked for all the same. */
  unheld: z.array(z.string()),
  /** Words that stand nowhere and were looked for as words spelt nearly so: `passprot` as `passport`. */
  spelt: z.array(SpeltWord),
  /** Filters typed among the words that are none, and were looked for as words. */
  unknownFilters: z.array(UnknownFilter),
  /** The same of notes. Never told to an AI: they are its person's own. */
  notes: z.array(NoteHit),
  /** The same of conversations by their titles: those with half of the words or one that few titles hold, with most of them first. */
  titles: z.array(TitleHit),
  nextCursor: z.string().nullable(),
  /** False while embeddings of what came in are still being made: words found it, meaning may find more later. */
  meaningReady: z.boolean(),
  tookMs: z.number(),
});
export type SearchResult = z.infer<typeof SearchResult>;
