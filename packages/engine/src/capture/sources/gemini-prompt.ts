/** The words Takeout puts in front of a prompt, in the language of the account. Pure. */

/** `Prompted `, `Live Prompt `, `Asked `; in French and German a word and a colon. */
const prefix =
  /^(?:Prompted|Live Prompt|Asked|Said|Branched|Answered|Prompt(?: \S{1,20})?\s?:|(?:Eingegebener|Gesendeter) Prompt:)(?:[\s\u00A0]+|$)/;
/** What the activity says of itself, and nobody asked: `Created Gemini Canvas …`, `Gave feedback …`. */
const ofProgram = /^(?:Created|Used|Gave feedback|Viewed|Shared|Deleted|Opened|Visited|Started)\b/;

export const saidByProgram = (title: string): boolean => ofProgram.test(title);

/** @returns the prompt alone, and whether something stood in front of it */
export function withoutPrefix(title: string): { prompt: string; known: boolean } {
  const match = prefix.exec(title);
  return { prompt: match === null ? title : title.slice(match[0].length), known: match !== null };
}
