/** Notes and single conversations, in at once; where one went, and reading it anew. */
import { isoTime } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { ReparseQueued } from '@vivim/contract/reparse';
import type { Saved, SaveNote } from '@vivim/contract/saved';
import { shorten } from '@vivim/contract/shorten';
import { erasedById } from '../capture/erased-by-id.ts';
import { type SaveDeps, saveRecord } from '../capture/save-record.ts';
import type { SpaceEvents } from '../events.ts';
import type { Handlers } from './handler.ts';

export interface SavedHandlerDeps extends SaveDeps {
  readonly events: SpaceEvents;
  /** Say that there is work. */
  readonly wake: () => void;
}

export const savedHandlers = (deps: SavedHandlerDeps) => {
  const told = (saved: Saved): Saved => {
    const run = deps.space.read((r) => r.imports.find(saved.importId));
    if (run !== null) deps.events.emit({ type: 'import', run });
    deps.wake();
    return saved;
  };
  return {
    saveConversation: ({ body, verb }) =>
      told(saveRecord(deps, { source: 'generic', record: body, path: 'conversation' }, verb)),
    saveNote: ({ body, verb }) =>
      told(
        saveRecord(deps, { source: 'generic', record: noteRecord(body, isoTime(deps.clock())), path: 'note' }, verb),
      ),
    reparse: ({ body, verb }) => {
      const answer = deps.space.apply<ReparseQueued>(verb, 202, (w) => {
        const pks = w.parserVersions.chosen(body);
        if (body.conversationId !== undefined && pks.length === 0) throw new AppError('not_found');
        w.outbox.put('reparse', pks, deps.clock());
        return { queued: pks.length };
      });
      deps.wake();
      return answer;
    },
    findWhereabouts: ({ query: { q } }) =>
      deps.space.read((r) => {
        const found = r.whereabouts(q);
        return { ...found, items: [...found.items, ...erasedById(r, q)] };
      }),
  } satisfies Handlers<'saveConversation' | 'saveNote' | 'reparse' | 'findWhereabouts'>;
};

const longestTitle = 80;

/** A note is a conversation of one message. */
function noteRecord({ text, title, createdAt, externalId }: SaveNote, now: string): object {
  const at = createdAt ?? now;
  return {
    ...(externalId === undefined ? {} : { externalId }),
    title: title ?? shorten(text.split('\n', 1)[0] ?? '', longestTitle),
    createdAt: at,
    updatedAt: now,
    messages: [{ ...(externalId === undefined ? {} : { externalId }), role: 'user', createdAt: at, content: text }],
  };
}
