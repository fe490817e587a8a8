/** "Where did my conversation go?": what became of conversations of this name or id, over all imports. */
import { z } from 'zod';
import { Source } from './conversation.ts';
import { ErasureId } from './erasure.ts';
import { ConversationId, ImportId } from './ids.ts';
import { ReadQuery } from './page.ts';

export const WhereQuery = ReadQuery.extend({
  /** Words of a title, an id at the source, or an id here. */
  q: z.string().trim().min(1).max(300),
});

const ImportRef = z.strictObject({
  id: ImportId,
  fileName: z.string(),
  at: z.string(),
  /** Where in it the conversation stands: `conversations.json, conversation 12`; null where that is not kept. */
  place: z.string().nullable(),
});

export const Whereabouts = z.strictObject({
  /** One for each conversation that matches, the likeliest first. */
  items: z.array(
    z.discriminatedUnion('state', [
      z.strictObject({
        /** Here, left out by an import, or erased. */
        state: z.literal('here'),
        conversationId: ConversationId,
        title: z.string().nullable(),
        externalId: z.string().nullable(),
        source: Source,
        messageCount: z.int(),
        /** What brought it first, and what saw it last: several files of one conversation are one here. */
        firstImport: ImportRef,

        /** The last import that held it. */
        lastImport: ImportRef,
        /** When the newest export of the account no longer held it. */
        deletedInSourceAt: z.string().nullable(),
      }),
      z.strictObject({
        /** Here, left out by an import, or erased. */
        state: z.literal('left_out'),
        title: z.string().nullable(),
        externalId: z.string().nullable(),

        /** The import that left it out. */
        import: ImportRef,
        /** A stable code: `erased_by_you`, `conversation_too_large`, … */
        code: z.string(),
        detail: z.string(),
      }),
      /** Of what was erased nothing is known but that it was, by its id. */
      z.strictObject({
        /** Here, left out by an import, or erased. */
        state: z.literal('erased'),
        erasedAt: z.string().nullable(),
        receipt: ErasureId,
      }),
    ]),
  ),
  /** More match than are listed. */
  more: z.boolean(),
  /** Imports that were looked through. */
  imports: z.int(),
});
export type Whereabouts = z.infer<typeof Whereabouts>;
