/** Conversations as captured. */
import { AppError } from '@vivim/contract/errors';
import { lineageIn } from '../capture/lineage.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';
import { mayRead } from './told-to-ai.ts';

export const conversationHandlers = ({ space }: { readonly space: UserSpace }) =>
  ({
    listConversations: (call) => space.read((r) => r.conversations.page(call.query)),
    getConversation: (call) => {
      const conversation = space.read((r) => {
        mayRead(r, call.asker, call.params.id);
        return r.conversations.find(call.params.id);
      });
      if (conversation === null) throw new AppError('not_found');
      return { ...conversation, lineage: space.read((r) => lineageIn(r.lineage, call.params.id)) };
    },
  }) satisfies Handlers<'listConversations' | 'getConversation'>;
