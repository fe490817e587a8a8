/**
 * Every version of every document of a conversation. Pure. A change applies to what its own branch had before it, so that
 * branches never mix. What the active branch ends with becomes a part of the message that made it, where no part says it
 * already: so that it is read, found and cited like anything else, once.
 */
import type { ArtifactVersionInput } from '../../space/stores/artifacts.ts';
import type { CanonicalConversation, CanonicalIssue, CanonicalMessage, CanonicalPart } from '../canonical.ts';
import { applyEdit } from './apply-edit.ts';
import { artifactOperation } from './artifact-operations.ts';

/** What is stored of it, before its message has a row. */
export interface ArtifactVersion extends Omit<ArtifactVersionInput, 'messagePk'> {
  /** Of the message that made it. */
  readonly messageKey: string;
  /** Its place in the list. */
  readonly messageIx: number;
}

interface Standing {
  readonly documents: ReadonlyMap<string, Omit<ArtifactVersion, 'latest'>>;
  readonly last: string | null;
}

const nothing: Standing = { documents: new Map(), last: null };

export function artifactVersions(messages: readonly CanonicalMessage[]): ArtifactVersion[] {
  const after = new Map<string, Standing>();
  const made: Omit<ArtifactVersion, 'latest'>[] = [];
  const counts = new Map<string, number>();
  let end = nothing;
  messages.forEach((message, messageIx) => {
    let standing = (message.parentKey === null ? undefined : after.get(message.parentKey)) ?? nothing;
    message.parts.forEach((part, partIx) => {
      const found = artifactOperation(part);
      if (found === null) return;
      const key = found.key ?? standing.last ?? 'canvas';
      const before = standing.documents.get(key) ?? null;
      const version = (counts.get(key) ?? 0) + 1;
      counts.set(key, version);
      const one = {
        messageKey: message.key,
        messageIx,
        partIx,
        key,
        version,
        op: found.op,
        title: found.title ?? before?.title ?? null,
        mime: found.mime ?? before?.mime ?? null,
        language: found.language ?? before?.language ?? null,
        ...applyEdit(before?.text ?? null, found.edit),
      };
      made.push(one);
      standing = { documents: new Map([...standing.documents, [key, one]]), last: key };
    });
    after.set(message.key, standing);
    if (message.onActivePath) end = standing;
  });
  const latest = new Set(end.documents.values());
  return made.map((one) => ({ ...one, latest: latest.has(one) }));
}

/** What marks the part that was made here, in its JSON. */
const mark = 'latestOf';
const isMade = (part: CanonicalPart): boolean =>
  part.kind === 'artifact' && part.toolName === undefined && part.json?.startsWith(`{"${mark}":`) === true;

/** The conversation with the text each document ends with as a part, in place of those that an earlier state ended with. */
export function withLatestArtifacts(conversation: CanonicalConversation): CanonicalConversation {
  const bare = conversation.messages.map((message) =>
    message.parts.some(isMade) ? { ...message, parts: message.parts.filter((part) => !isMade(part)) } : message,
  );
  const parts = new Map(bare.map((message) => [message.key, message.parts]));
  // A document that was written whole stands in its part; a change, or a file a tool wrote, in a call alone.
  const missing = Map.groupBy(
    artifactVersions(bare).filter(
      ({ latest, text, messageKey, partIx }) =>
        latest && text !== '' && parts.get(messageKey)?.[partIx]?.kind === 'tool_call',
    ),
    (version) => version.messageKey,
  );
  const messages = bare.map((message) => {
    const versions = missing.get(message.key) ?? [];
    return versions.length === 0 ? message : { ...message, parts: [...message.parts, ...versions.map(madePart)] };
  });
  const same = messages.every((message, ix) => message === conversation.messages[ix]);
  return same ? conversation : { ...conversation, messages };
}

const madePart = ({ key, title, language, text }: ArtifactVersion): CanonicalPart => ({
  kind: 'artifact',
  text,
  ...(language === null ? {} : { language }),
  json: JSON.stringify({ [mark]: key, title }),
});

/** What the report says of versions that are not what the person saw. */
export const artifactIssues = (versions: readonly ArtifactVersion[]): CanonicalIssue[] =>
  versions.flatMap(({ problem, messageKey, key, version }) =>
    problem === null
      ? []
      : [
          {
            severity: 'degraded',
            code: 'artifact_version_incomplete',
            path: `artifact/${messageKey.toWellFormed()}`,
            detail: `Version ${version} of the document "${key.slice(0, 80)}" is not what was seen. ${problem}`,
          },
        ],
  );
