/** Messages of a conversation: the branch that is shown, or all of them. */
import { AppError } from '@vivim/contract/errors';
import type { MessageId } from '@vivim/contract/ids';
import type { UserSpace } from '../space/user-space.ts';
import { mayKnow } from './asked-records.ts';
import type { Handlers } from './handler.ts';
import { mayRead, messagesTold } from './told-to-ai.ts';

export const messageHandlers = ({ space }: { readonly space: UserSpace }) =>
  ({
    listMessages: (call) => {
      const page = space.read((r) => {
        mayRead(r, call.asker, call.params.id);
        const { ids, ...query } = call.query;
        const named = ids === undefined ? {} : { ids: ids.split(',') as MessageId[] };
        const found = r.conversations.messages(call.params.id, { ...query, ...named });
        return found === null ? null : { ...found, items: messagesTold(r, call.asker, found.items) };
      });
      if (page === null) throw new AppError('not_found');
      return page;
    },
    getMessageUse: (call) => {
      const use = space.read((r) => r.messageUse(call.params.id));
      if (use === null) throw new AppError('not_found');
      // What others asked for is their person's to know.
      const known = (record: { readonly sessionId: string }) => mayKnow(call.asker, record);
      const items = use.items.map((unit) => ({ ...unit, contexts: unit.contexts.filter(known) }));
      return { items, told: use.told.filter(known) };
    },
    getMessage: (call) => {
      const message = space.read((r) => r.conversations.message(call.params.id));
      if (message === null) throw new AppError('not_found');
      return message;
    },
    listMessagesAround: (call) => {
      const around = space.read((r) => {
        const found = r.conversations.messagesAround(call.params.id, call.query);
        const [first] = found?.items ?? [];
        if (found === null || first === undefined) return null;
        mayRead(r, call.asker, first.conversationId);
        return { ...found, items: messagesTold(r, call.asker, found.items) };
      });
      if (around === null) throw new AppError('not_found');
      return around;
    },
  }) satisfies Handlers<'listMessages' | 'getMessage' | 'getMessageUse' | 'listMessagesAround'>;
