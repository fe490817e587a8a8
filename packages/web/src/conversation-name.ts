/** What a conversation is called where it is shown: its title, or how it begins where it has none. Pure. */
import { strings } from './strings.ts';

/** @param conversation undefined while it is not there yet */
export const conversationName = (
  conversation: { readonly title: string | null; readonly opening: string | null } | undefined,
): string => conversation?.title ?? conversation?.opening ?? strings.untitled;
