/** Conversations as captured. */
import { AppError } from '@vivim/contract/errors';
import type { Outline } from '@vivim/contract/outline';
import { lineageIn } from '../capture/lineage.ts';
import { listFilter } from '../context/list-filter.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';
import { mayRead } from './told-to-ai.ts';

export const conversationHandlers = ({ space }: { readonly space: UserSpace }) =>
  ({
    listConversations: (call) => space.read((r) => r.conversations.page({ ...call.query, ...listFilter(call.query) })),
    getConversationFacets: (call) => space.read((r) => r.conversationFacets(listFilter(call.query))),
    getOutline: (call) =>
      space.read<Outline>((r) => {
        mayRead(r, call.asker, call.params.id);
        const items = r.conversations.outline(call.params.id);
        if (items === null) throw new AppError('not_found');
        return { items, excluded: r.exclusions.ofMessages(call.params.id) };
      }),
    getConversation: (call) => {
      const conversation = space.read((r) => {
        mayRead(r, call.asker, call.params.id);
        return r.conversations.find(call.params.id);
      });
      if (conversation === null) throw new AppError('not_found');
      return { ...conversation, lineage: space.read((r) => lineageIn(r.lineage, call.params.id)) };
    },
  }) satisfies Handlers<'listConversations' | 'getConversation' | 'getConversationFacets' | 'getOutline'>;
