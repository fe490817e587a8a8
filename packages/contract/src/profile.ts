/** What is known of a topic or an entity, found from the person's own data. Every claim cites the ACUs it stands on. */
import { z } from 'zod';
import { AcuId, ConversationId, EntityId, MessageId, ProjectId, TopicId } from './ids.ts';
import { Flag, PageQuery } from './page.ts';
import { entityTypes, profileSorts, profileTrends } from './profile-words.ts';

/** A unit something stands on. */
export const Evidence = z.strictObject({
  acuId: AcuId,
  messageId: MessageId,
  conversationId: ConversationId,
  at: z.string().nullable(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A unit a profile stands on, with what it says: its beginning, and where it was said. */
export const CitedUnit = Evidence.extend({
  /** The beginning of what it says. */
  text: z.string(),
  /** Of its conversation; null where it has none. */
  title: z.string().nullable(),
});
export type CitedUnit = z.infer<typeof CitedUnit>;

export const Claim = z.strictObject({
  /** The claim, in the words of what it stands on. */
  text: z.string(),

  /** What sort of claim it is. */
  kind: z.enum(['fact', 'decision', 'open_question', 'preference', 'highlight']),
  /** Never empty. */
  evidence: z.array(CitedUnit).min(1),
});
export type Claim = z.infer<typeof Claim>;

/** Messages a month: of the last three months against those of the nine before; quiet: none of late. */
export const ProfileTrend = z.enum(profileTrends);
export type ProfileTrend = z.infer<typeof ProfileTrend>;

/** Which topics or entities a list holds, and in what order; those that are pinned stand first in all but `name`. */
export const ProfileListQuery = PageQuery.extend({
  /** Part of what it is called, in any case and with or without accents, in every script; or the beginning of its id (`t_…`, `e_…`). */
  q: z.string().trim().min(1).max(120).optional(),
  /** All of what it is called, or of another way it is written, compared as `q` is. */
  called: z.string().trim().min(1).max(200).optional(),
  sort: z.enum(profileSorts).default('importance'),
  trend: ProfileTrend.optional(),
  /** Those that are hidden, instead of those that are shown. */
  hidden: Flag.optional(),
});
export type ProfileListQuery = z.infer<typeof ProfileListQuery>;

const profileCounts = z.strictObject({ conversations: z.int(), messages: z.int(), acus: z.int() });

/** What its person decided. Hidden ones are in no list and no bundle. */
const corrected = { pinned: z.boolean(), hidden: z.boolean() };

export const TopicSummary = z.strictObject({
  id: TopicId,
  label: z.string(),
  aliases: z.array(z.string()),
  counts: profileCounts,
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  /** 0–1, decaying with time since last seen. */
  importance: z.number(),
  trend: ProfileTrend,
  ...corrected,
});
export type TopicSummary = z.infer<typeof TopicSummary>;

const topicRef = z.strictObject({ id: TopicId, label: z.string() });
const cited = z.array(CitedUnit).min(1);

/** What a profile's messages tell of when and how much it is spoken of. Days and hours are those of UTC. */
export const ProfileRhythm = z.strictObject({
  trend: ProfileTrend,
  /** Days on which it came up, and most of them without a break. */
  days: z.int(),

  /** The most days without a break. */
  longestStreak: z.int(),
  /** 0–23: when it mostly comes up; null where no times are known. */
  peakHour: z.int().nullable(),
});
export type ProfileRhythm = z.infer<typeof ProfileRhythm>;

/** How deep the person is in it: 0–1, with what says so. Never more than its signals. */
export const Proficiency = z.strictObject({
  /** From `new` to `versed`, by the score. */
  level: z.enum(['new', 'learning', 'working', 'versed']),

  /** 0–1; of this topic alone. */
  score: z.number(),

  /** What says so: each kind of thing the person does with it. */
  signals: z.array(
    z.strictObject({
      /** What the person does: asks about it, explains it, builds with it, decides in it, comes back to it. */
      name: z.enum(['asks', 'explains', 'builds', 'decides', 'returns']),
      count: z.int(),
      evidence: cited,
    }),
  ),
});
export type Proficiency = z.infer<typeof Proficiency>;

/** Every way it is written that counts as it, where there are several: what can be split off. */
const parts = z.array(z.string());

/** Where it was spoken of last, and the projects that holds. */
const spokenOf = {
  /** Those that spoke of it last, newest first. */
  conversations: z.array(
    z.strictObject({ id: ConversationId, title: z.string().nullable(), at: z.string().nullable(), messages: z.int() }),
  ),

  /** Those with conversations that speak of it, most first. */
  projects: z.array(z.strictObject({ id: ProjectId, name: z.string(), conversations: z.int() })),
};

export const TopicProfile = TopicSummary.extend({
  claims: z.array(Claim),
  parts,
  ...spokenOf,
  /** Others that may be the same: their names have a word in common. Never one its person said is not. */
  alike: z.array(topicRef),
  /** The wider topic it belongs to, and the narrower ones that belong to it. */
  parent: topicRef.nullable(),
  children: z.array(topicRef),
  rhythm: ProfileRhythm,
  /** Mean messages of a conversation about it. */
  depth: z.number(),

  /** How deep its person is in it. */
  proficiency: Proficiency,
  relatedTopics: z.array(topicRef.extend({ weight: z.number() })),
  relatedEntities: z.array(z.strictObject({ id: EntityId, name: z.string(), weight: z.number() })),
  /** Messages per month, `YYYY-MM`. */
  timeline: z.array(z.strictObject({ month: z.string(), messages: z.int() })),
});
export type TopicProfile = z.infer<typeof TopicProfile>;

export const EntityType = z.enum(entityTypes);
export type EntityType = z.infer<typeof EntityType>;

export const EntitySummary = z.strictObject({
  id: EntityId,
  name: z.string(),

  /** A person, an organisation, a place, a program … */
  type: EntityType,
  aliases: z.array(z.string()),
  counts: profileCounts,
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
  importance: z.number(),
  trend: ProfileTrend,
  ...corrected,
});
export type EntitySummary = z.infer<typeof EntitySummary>;

/** What is said of one of them to another: "Emma is my daughter", "Tom works at Acme". */
export const Relation = z.strictObject({
  /** In a word, as it was said: `daughter`, `works at`. */
  relation: z.string(),
  /** `me`: the person whose history it is. */
  to: z.literal('me').or(
    z.strictObject({
      /** Null where no profile goes by that name. */
      id: EntityId.nullable(),
      name: z.string(),
    }),
  ),
  evidence: cited,
});
export type Relation = z.infer<typeof Relation>;

export const EntityListQuery = ProfileListQuery.extend({ type: EntityType.optional() });
export type EntityListQuery = z.infer<typeof EntityListQuery>;

export const EntityProfile = EntitySummary.extend({
  claims: z.array(Claim),
  parts,
  ...spokenOf,

  /** Others that may be the same. Never one its person said is not. */
  alike: z.array(z.strictObject({ id: EntityId, name: z.string() })),

  /** What was said of it and others. */
  relations: z.array(Relation),
  rhythm: ProfileRhythm,
  relatedEntities: z.array(z.strictObject({ id: EntityId, name: z.string(), weight: z.number() })),
  relatedTopics: z.array(z.strictObject({ id: TopicId, label: z.string(), weight: z.number() })),

  /** Messages per month, oldest first; months without any are left out. */
  timeline: z.array(z.strictObject({ month: z.string(), messages: z.int() })),
});
export type EntityProfile = z.infer<typeof EntityProfile>;
