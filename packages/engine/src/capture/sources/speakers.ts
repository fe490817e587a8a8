/** Who speaks, under the names the interfaces of models have for it. What a source calls them beyond that it says itself. Pure. */
import type { AuthorKind, Role } from '@vivim/contract/conversation';

export interface Speaker {
  readonly role: Role;
  readonly kind: AuthorKind;
}

export const person: Speaker = { role: 'user', kind: 'human' };
export const model: Speaker = { role: 'assistant', kind: 'model' };
export const tool: Speaker = { role: 'tool', kind: 'tool' };
export const program: Speaker = { role: 'system', kind: 'runtime' };

export const chatSpeakers: ReadonlyMap<string, Speaker> = new Map([
  ['user', person],
  ['assistant', model],
  ['tool', tool],
  ['function', tool],
  ['system', program],
  ['developer', program],
]);

/** One of a list of chat messages. A name that is none of these is the program's, and its reader says so (`roleUnknown`). */
export const speakerNamed = (said: string | null): Speaker => chatSpeakers.get(said ?? '') ?? program;
