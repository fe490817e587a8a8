/** The id of a conversation in a link to it: `https://chatgpt.com/c/<id>`, `https://claude.ai/chat/<id>`. Null where it names none. */
export const linkedId = (link: string): string | null =>
  /\/(?:c|chat|share|search|app)\/([\w-]{8,})/.exec(link)?.[1] ?? null;
