/** Conversations as captured. */
import { AppError } from '@vivim/contract/errors';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export const conversationHandlers = ({ space }: { readonly space: UserSpace }) =>
  ({
    listConversations: (call) => space.read((r) => r.conversations.page(call.query)),
    getConversation: (call) => {
      const conversation = space.read((r) => r.conversations.find(call.params.id));
      if (conversation === null) throw new AppError('not_found');
      return conversation;
    },
  }) satisfies Handlers<'listConversations' | 'getConversation'>;
