/**
 * What this page of the browser shows, told to the engine of its person so that what is asked next is ready. Told when something is
 * opened or after a rest in typing, never again and again: an open tab alone is nobody who is there. What fails is not told.
 */
import type { Presence } from '@vivim/contract/presence';
import { uuidv7 } from '@vivim/contract/random';
import { plainApi } from './plain-client.ts';

/** Of this page, as long as it is not loaded anew. */
export const pageName = uuidv7();

type Shown = Omit<Presence, 'page'>;

/** Another page of the application often follows at once: then the last need not be taken back. */
const backMs = 1_000;
let goingBack: ReturnType<typeof setTimeout> | undefined;

const say = (shown: Shown): void => {
  clearTimeout(goingBack);
  plainApi.putPresence({ body: { page: pageName, ...shown } }).catch(() => undefined);
};

/** @returns takes it back */
export function tellPresence(shown: Shown): () => void {
  say(shown);
  return () => {
    clearTimeout(goingBack);
    goingBack = setTimeout(() => say({}), backMs);
  };
}
