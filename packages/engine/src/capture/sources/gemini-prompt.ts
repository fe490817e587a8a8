/** The words Takeout puts in front of a prompt, in the language of the account. Pure. */

/**
 * `Prompted `, `Live Prompt `, `Asked `, `Branched `; in French, German and Japanese words and a colon. In Korean a prompt stands alone,
 * but for one that stands in several threads.
 */
const prefix =
  /^(?:(?:Prompted|Live Prompt|Asked|Said|Branched|Answered|분기된|Prompt(?: \S{1,20})?\s?:|(?:Eingegebener|Gesendeter) Prompt:)(?:[\s\u00A0]+|$)|送信したメッセージ[:：][\s\u00A0]*)/;
/** What the activity says of itself, and nobody asked: `Created Gemini Canvas …`, `Gave feedback …`, `Selected preferred draft`. */
const ofProgram =
  /^(?:Created|Used|Gave feedback|Viewed|Shared|Deleted|Opened|Visited|Started|Cleared|Selected preferred draft|Added)\b/;

export const saidByProgram = (title: string): boolean => ofProgram.test(title);

/** @returns the prompt alone, and whether something stood in front of it */
export function withoutPrefix(title: string): { prompt: string; known: boolean } {
  const match = prefix.exec(title);
  return { prompt: match === null ? title : title.slice(match[0].length), known: match !== null };
}

/** The threads an address names: `https://gemini.google.com/app/<thread>`, for other accounts and for Gems with a step in between. */
export const threadIn = (address: string): string | null =>
  /gemini\.google\.com\/(?:u\/\d+\/)?(?:app|gem\/[\w-]+)\/([\w-]{6,})/.exec(address)?.[1] ?? null;
