/**
 * One conversation as it is read: its outline, the branch that is shown, and what came of its messages. Outline and first messages
 * are asked for at once; the rest follows the window.
 */
import { useQuery } from '@tanstack/react-query';
import type { OutlineMessage } from '@vivim/contract/outline';
import { useCallback, useMemo, useState } from 'react';
import { type Choices, choicesTo, choose, pathOf, siblingsOf, treeOf } from '../api/branches.ts';
import { openingMessagesQuery, outlineQuery } from '../api/reader-queries.ts';
import { type MessageBodies, useMessageBodies } from './use-message-bodies.ts';

/** A message of the path, with what its place says. */
export interface PathMessage {
  readonly message: OutlineMessage;
  /** Ids of the messages to choose among, this one included. */
  readonly siblings: readonly string[];
}

export interface Reading extends MessageBodies {
  readonly path: readonly PathMessage[] | null;
  readonly excluded: ReadonlySet<string>;
  readonly outlineError: unknown;
  readonly show: (id: string) => void;
  /** What became of the message the address names. */
  readonly target: 'none' | 'finding' | 'found' | 'absent';
}

const none: Choices = new Map();
/** Providers pad their trees with hidden messages that hold nothing. */
const hollow = ({ hidden, size, files }: OutlineMessage): boolean => hidden && size === 0 && files === 0;

export function useReading(id: string, wanted: string | undefined): Reading {
  const outline = useQuery(outlineQuery(id));
  // Where the address leads later, the messages there are asked for like any others.
  const [around] = useState(wanted);
  const opening = useQuery(openingMessagesQuery(id, around));
  const bodies = useMessageBodies(id, opening.data?.items);
  const tree = useMemo(() => (outline.data === undefined ? null : treeOf(outline.data.items)), [outline.data]);
  const [made, setMade] = useState(none);

  const place = wanted === undefined ? undefined : tree?.places.get(wanted);
  const choices = useMemo(() => {
    if (tree === null || place === undefined || pathOf(tree, made).includes(place)) return made;
    return choicesTo(tree, place, made);
  }, [tree, place, made]);
  const path = useMemo(
    () =>
      tree === null
        ? null
        : pathOf(tree, choices).flatMap((at): PathMessage[] => {
            const message = tree.items[at];
            if (message === undefined || (hollow(message) && message.id !== wanted)) return [];
            return [{ message, siblings: siblingsOf(tree, at).flatMap((one) => tree.items[one]?.id ?? []) }];
          }),
    [tree, choices, wanted],
  );
  const show = useCallback(
    (chosen: string) => {
      const at = tree?.places.get(chosen);
      if (tree !== null && at !== undefined) setMade(choose(tree, choices, at));
    },
    [tree, choices],
  );
  const excluded = useMemo(() => new Set<string>(outline.data?.excluded), [outline.data]);
  return {
    ...bodies,
    path,
    excluded,
    outlineError: outline.error ?? (opening.error !== null && bodies.bodies.size === 0 ? opening.error : null),
    show,
    target: wanted === undefined ? 'none' : tree === null ? 'finding' : place === undefined ? 'absent' : 'found',
  };
}
