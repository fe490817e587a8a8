/** What stands in a text in the place of a secret that is not stored: no words of anybody, so neither index nor topics know it. */

export const maskOf = (label: string): string => `[${label} masked]`;

/** Only what the names of secrets end with: what somebody writes in brackets themselves stays. */
const mask =
  /\[[\w .-]{0,48}\b(?:token|key|card|secret|password in an address|password of a database|password or key) masked\]/g;

/** The text without masks, a stop in the place of each; the text itself where there is none. */
export const withoutMasks = (text: string): string => (text.includes(' masked]') ? text.replace(mask, ' . ') : text);
