/** What has a file of a space open until the space closes: an import that a test leaves in the middle. Knows neither spaces nor imports. */

interface Held {
  close(): Promise<void>;
}

const held = new WeakMap<object, Held[]>();

export function closeWith(space: object, one: Held): void {
  held.set(space, [...(held.get(space) ?? []), one]);
}

/** Call it before the space is closed. */
export async function closeFilesOf(space: object): Promise<void> {
  for (const one of held.get(space) ?? []) await one.close();
}
