/**
 * Which versions of a conversation say nothing that others do not. A program that writes its file anew at every message gives a
 * version of all of it each time; without those that are found here the conversation, the places where versions contradict each
 * other and what any decision on them leads to are what they were. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { versionRules } from '@vivim/contract/conflicts';
import type { CanonicalMessage } from './canonical.ts';
import { conflictsIn, mergeVersions, newestFirst, type Version, wordsOf } from './merge-versions.ts';

/**
 * The first and the last of several always stay. One in between goes where a newer one holds each of its messages just so,
 * so that what comes later contradicts both alike, and merging those that stay gives the same by every rule.
 * @param mayGo whether a version came from nowhere but the file that was written anew
 */
export function superfluousVersions<V extends Version>(versions: readonly V[], mayGo: (version: V) => boolean): V[] {
  // Pieces add to each other: none says what another does.
  if (versions.some(({ conversation }) => conversation.piece === true)) return [];
  let left = versions.toSorted(newestFirst);
  let outcomes: unknown[] | null = null;
  const gone: V[] = [];
  for (const version of left.slice(1, -1).toReversed()) {
    if (!mayGo(version) || !saidAgain(version, left)) continue;
    const others = left.filter((one) => one !== version);
    outcomes ??= outcomesOf(left);
    if (!isDeepStrictEqual(outcomesOf(others), outcomes)) continue;
    gone.push(version);
    left = others;
  }
  return gone;
}

const outcomesOf = (versions: readonly Version[]): unknown[] => [
  ...versionRules.map((rule) => mergeVersions(versions, rule)),
  conflictsIn(versions),
];

function saidAgain(version: Version, newestFirstVersions: readonly Version[]): boolean {
  const newer = newestFirstVersions.slice(0, newestFirstVersions.indexOf(version));
  // The next one that holds a message says what it says: else an older text would become the oldest once they contradict.
  const again = new Map<string, string>();
  for (const message of messagesIn(newer)) again.set(message.key, wholeOf(message));
  // Of messages that differ in something beside their words, which one is shown hangs on which versions there are.
  const wholes = Map.groupBy(messagesIn(newestFirstVersions), sayingOf);
  return version.conversation.messages.every((message) => {
    const whole = wholeOf(message);
    return (
      again.get(message.key) === whole &&
      wholes.get(sayingOf(message))?.every((other) => wholeOf(other) === whole) === true
    );
  });
}

const messagesIn = (versions: readonly Version[]): CanonicalMessage[] =>
  versions.flatMap(({ conversation }) => conversation.messages);

const sayingOf = (message: CanonicalMessage): string => `${message.key}\0${wordsOf(message)}`;

/** All of a message but what merging makes anew: where it stands among its siblings. */
const wholeOf = ({ siblingIx: _, onActivePath: __, ...message }: CanonicalMessage): string => JSON.stringify(message);
