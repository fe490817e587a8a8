/** Which messages a reader sees of a conversation with branches. Pure: the outline and the choices in, a path out. */
import type { OutlineMessage } from '@vivim/contract/outline';

/** For a fork, the id of the message a person chose to see. */
export type Choices = ReadonlyMap<string, string>;

export interface Tree {
  readonly items: readonly OutlineMessage[];
  /** By id, its place among the items. */
  readonly places: ReadonlyMap<string, number>;
  /** By fork, the places of the messages to choose among, in the source's order. */
  readonly forks: ReadonlyMap<string, readonly number[]>;
  /** By place, the fork it stands at. */
  readonly forkOf: readonly string[];
  /** Forks where the conversation begins: messages that answer nothing stand one after the other. */
  readonly beginnings: readonly string[];
}

export function treeOf(items: readonly OutlineMessage[]): Tree {
  const forks = new Map<string, number[]>();
  const forkOf: string[] = [];
  const beginnings: string[] = [];
  items.forEach((message, place) => {
    const parent = message.parent === null ? undefined : items[message.parent];
    if (parent === undefined && (message.siblingIx === 0 || beginnings.length === 0))
      beginnings.push(`begin ${beginnings.length}`);
    const fork = parent?.id ?? (beginnings.at(-1) as string);
    forkOf.push(fork);
    const places = forks.get(fork);
    if (places === undefined) forks.set(fork, [place]);
    else places.push(place);
  });
  const byOrder = (a: number, b: number) => (items[a]?.siblingIx ?? 0) - (items[b]?.siblingIx ?? 0) || a - b;
  for (const places of forks.values()) places.sort(byOrder);
  return { items, places: new Map(items.map(({ id }, place) => [id, place])), forks, forkOf, beginnings };
}

/** The messages that answer the same one, this one included: their places, in the source's order. */
export const siblingsOf = (tree: Tree, place: number): readonly number[] =>
  tree.forks.get(tree.forkOf[place] ?? '') ?? [place];

/**
 * Places of the path: at each fork the chosen message, else the one on the source's active branch, else the last. With nothing
 * chosen it is the active branch as the source gives it. Ends where a cycle of a broken export would begin.
 */
export function pathOf(tree: Tree, choices: Choices): number[] {
  const { items, forks, beginnings } = tree;
  const active = items.flatMap((message, place) => (message.onActivePath ? [place] : []));
  if (choices.size === 0 && active.length > 0) return active;
  const pick = (fork: string, orLast: boolean): number | undefined => {
    const options = forks.get(fork) ?? [];
    return (
      options.find((place) => items[place]?.id === choices.get(fork)) ??
      options.find((place) => items[place]?.onActivePath) ??
      (orLast ? options.at(-1) : undefined)
    );
  };
  const path: number[] = [];
  const seen = new Set<number>();
  for (const beginning of beginnings) {
    let at = pick(beginning, active.length === 0);
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      path.push(at);
      at = pick(items[at]?.id ?? '', true);
    }
  }
  return path;
}

/** The choices with one more: at the fork of this place, show this message. */
export function choose(tree: Tree, choices: Choices, place: number): Choices {
  const message = tree.items[place];
  return message === undefined ? choices : new Map(choices).set(tree.forkOf[place] ?? '', message.id);
}

/** The choices that bring a message into view, on top of those there are. */
export function choicesTo(tree: Tree, target: number, before: Choices = new Map()): Choices {
  const choices = new Map(before);
  const seen = new Set<number>();
  for (let at: number | null = target; at !== null && !seen.has(at); at = tree.items[at]?.parent ?? null) {
    seen.add(at);
    const id = tree.items[at]?.id;
    if (id !== undefined) choices.set(tree.forkOf[at] ?? '', id);
  }
  return choices;
}
