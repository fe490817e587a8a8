/** Which messages a reader sees of a conversation with branches. Pure: the tree and the choices in, a path out. */
import type { Message } from '@vivim/contract/conversation';

/** For a parent (or `root`), the child a person chose to see. */
export type Choices = ReadonlyMap<string, string>;

const root = 'root';
const parentOf = (message: Message): string => message.parentId ?? root;

function childrenOf(messages: readonly Message[]): Map<string, Message[]> {
  const known = new Set<string>(messages.map((message) => message.id));
  const children = new Map<string, Message[]>();
  for (const message of messages) {
    // A parent that is not in the tree (a broken export) must not hide what hangs on it.
    const parent = message.parentId !== null && known.has(message.parentId) ? message.parentId : root;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [message]);
    else list.push(message);
  }
  return children;
}

/**
 * The path from the root: at each fork the chosen child, else the one on the source's active branch, else the last.
 * Ends at a leaf, or where a cycle of a broken export would begin.
 */
export function pathOf(messages: readonly Message[], choices: Choices): Message[] {
  const children = childrenOf(messages);
  const path: Message[] = [];
  const seen = new Set<string>();
  for (let at = root; ; ) {
    const options = children.get(at) ?? [];
    const next =
      options.find((option) => option.id === choices.get(at)) ??
      options.find((option) => option.onActivePath) ??
      options.at(-1);
    if (next === undefined || seen.has(next.id)) return path;
    seen.add(next.id);
    path.push(next);
    at = next.id;
  }
}

/** The choices with one more: at this message's fork, show `sibling` instead. */
export function choose(choices: Choices, message: Message, sibling: string): Choices {
  return new Map(choices).set(parentOf(message), sibling);
}

/** The choices that bring `target` into view, or null when it is not in the tree. */
export function choicesTo(messages: readonly Message[], target: string): Choices | null {
  const byId = new Map<string, Message>(messages.map((message) => [message.id, message]));
  const choices = new Map<string, string>();
  for (let at = byId.get(target); at !== undefined; at = at.parentId === null ? undefined : byId.get(at.parentId)) {
    const parent = at.parentId !== null && byId.has(at.parentId) ? at.parentId : root;
    if (choices.has(parent)) break;
    choices.set(parent, at.id);
  }
  return choices.size === 0 ? null : choices;
}
