/** Messages of a conversation: the branch that is shown, or all of them. */
import { AppError } from '@vivim/contract/errors';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';
import { mayRead, messagesTold } from './told-to-ai.ts';

export const messageHandlers = ({ space }: { readonly space: UserSpace }) =>
  ({
    listMessages: (call) => {
      const page = space.read((r) => {
        mayRead(r, call.asker, call.params.id);
        const found = r.conversations.messages(call.params.id, call.query);
        return found === null ? null : { ...found, items: messagesTold(r, call.asker, found.items) };
      });
      if (page === null) throw new AppError('not_found');
      return page;
    },
    getMessage: (call) => {
      const message = space.read((r) => r.conversations.message(call.params.id));
      if (message === null) throw new AppError('not_found');
      return message;
    },
  }) satisfies Handlers<'listMessages' | 'getMessage'>;
