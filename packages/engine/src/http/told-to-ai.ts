/**
 * What an AI that asks over MCP is answered: what the API says to its person, without what that person keeps out of contexts. The
 * person's own reading and finding is never touched.
 */
import type { Asker } from '@vivim/contract/assembly';
import type { StandingBundleSummary } from '@vivim/contract/context';
import type { Message } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import { type AcuId, ConversationId, EntityId, TopicId } from '@vivim/contract/ids';
import type { Memory } from '@vivim/contract/memory';
import type { Claim, EntityProfile, Evidence, TopicProfile } from '@vivim/contract/profile';
import { quotable, subjectsToldOf, withoutWithheld } from '../context/withheld.ts';
import type { SubjectKind } from '../space/stores/bundle-material.ts';
import type { SpaceReader } from '../space/transactors.ts';

/** Stands where words are kept out. */
const gap = '[…]';
/** Units of a subject that are looked at: one that may be told is enough. */
const looked = 200;

/** Whether an application asks and not its person: over MCP, or over the API with a session that was let in for one. */
export const isApplication = ({ way, application }: Asker): boolean => way === 'mcp' || application !== undefined;

/** Whether what is kept out has to be left out for whoever asks. */
export const isKept = (r: SpaceReader, { way }: Asker): boolean => way === 'mcp' && r.exclusions.any();

/** @throws AppError `not_found` for a conversation that is kept out: to an AI it is not there */
export function mayRead(r: SpaceReader, asker: Asker, id: ConversationId): void {
  if (isKept(r, asker) && r.exclusions.conversation(id)) throw new AppError('not_found');
}

/** Messages that may be told, with a gap where words of theirs may not. */
export function messagesTold(r: SpaceReader, asker: Asker, messages: readonly Message[]): Message[] {
  if (!isKept(r, asker)) return [...messages];
  const { whole, spans } = r.exclusions.within(messages.map(({ id }) => id));
  return messages
    .filter(({ id }) => !whole.has(id))
    .map((message) => {
      const cut = spans.filter(({ messageId }) => messageId === message.id);
      if (cut.length === 0) return message;
      const parts = message.parts.map((part) => {
        const here = cut.filter(({ partIndex }) => partIndex === part.index);
        return part.text === null || here.length === 0 ? part : { ...part, text: without(part.text, here) };
      });
      return { ...message, parts, citations: [] };
    });
}

/** @param spans in order */
function without(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  let told = '';
  let from = 0;
  for (const { start, end } of spans) {
    if (end <= from) continue;
    told += `${text.slice(from, Math.max(from, start))}${gap}`;
    from = end;
  }
  return told + text.slice(from);
}

/** Memories that may be told. */
export function memoriesTold<T extends Memory>(r: SpaceReader, asker: Asker, memories: readonly T[]): T[] {
  if (!isKept(r, asker)) return [...memories];
  const pks = memories.flatMap(({ id, text, name }) => {
    const pk = r.memories.find(id)?.pk;
    return pk === undefined ? [] : { id, pk, text, name };
  });
  const told = new Set(withoutWithheld(r, pks).map(({ id }) => id));
  return memories.filter(({ id }) => told.has(id));
}

/** Whether a bundle that stands may be named: it is of nothing that is kept out. */
export function bundleTold(r: SpaceReader, asker: Asker, { subject }: Pick<StandingBundleSummary, 'subject'>): boolean {
  if (subject === null || !isKept(r, asker)) return true;
  const topic = TopicId.safeParse(subject);
  if (topic.success) return subjectsTold(r, asker, 'topic', [{ id: topic.data }]).length > 0;
  const entity = EntityId.safeParse(subject);
  if (entity.success) return subjectsTold(r, asker, 'entity', [{ id: entity.data }]).length > 0;
  return !r.exclusions.conversation(ConversationId.parse(subject));
}

/** Topics or entities that may be named: not kept out, and said somewhere that is not. */
export function subjectsTold<T extends { readonly id: TopicId | EntityId }>(
  r: SpaceReader,
  asker: Asker,
  kind: SubjectKind,
  subjects: readonly T[],
): T[] {
  if (!isKept(r, asker)) return [...subjects];
  return subjectsToldOf(r, kind, subjects).filter(({ id }) => {
    const subject = r.bundles.material.subject(kind, id);
    if (subject === null) return false;
    const units = (kind === 'topic' ? r.topics : r.entities).units(subject.pk, looked);
    return units.some(quotable(r, units));
  });
}

/** @throws AppError `not_found` for one that may not be named */
export function topicTold(r: SpaceReader, asker: Asker, profile: TopicProfile): TopicProfile {
  if (!isKept(r, asker)) return profile;
  const [parent = null] = profile.parent === null ? [] : subjectsTold(r, asker, 'topic', [profile.parent]);
  return {
    ...shared(r, asker, 'topic', profile),
    parent,
    children: subjectsTold(r, asker, 'topic', profile.children),
    alike: subjectsTold(r, asker, 'topic', profile.alike),
    proficiency: { ...profile.proficiency, signals: [] },
  };
}

/** @throws AppError `not_found` for one that may not be named */
export function entityTold(r: SpaceReader, asker: Asker, profile: EntityProfile): EntityProfile {
  if (!isKept(r, asker)) return profile;
  const told = shared(r, asker, 'entity', profile);
  const may = tellable(
    r,
    profile.relations.flatMap(({ evidence }) => evidence),
  );
  const alike = subjectsTold(r, asker, 'entity', profile.alike);
  return { ...told, alike, relations: profile.relations.filter(({ evidence }) => evidence.every(may)) };
}

function shared<T extends TopicProfile | EntityProfile>(
  r: SpaceReader,
  asker: Asker,
  kind: SubjectKind,
  profile: T,
): T {
  if (subjectsTold(r, asker, kind, [profile]).length === 0) throw new AppError('not_found');
  const may = tellable(
    r,
    profile.claims.flatMap(({ evidence }) => evidence),
  );
  const claims = profile.claims.flatMap((claim): Claim[] => {
    const evidence = claim.evidence.filter(may);
    // What a claim says is said by the first of its units.
    return claim.evidence[0] !== undefined && may(claim.evidence[0]) ? [{ ...claim, evidence }] : [];
  });
  return {
    ...profile,
    claims,
    relatedTopics: subjectsTold(r, asker, 'topic', profile.relatedTopics),
    relatedEntities: subjectsTold(r, asker, 'entity', profile.relatedEntities),
  };
}

function tellable(r: SpaceReader, evidence: readonly Evidence[]): (one: Evidence) => boolean {
  const out = r.exclusions.unitIds(evidence.map(({ acuId }) => acuId));
  return ({ acuId }: { acuId: AcuId }) => !out.has(acuId);
}
