/** Atomic Chat Units over HTTP. */
import { AppError } from '@vivim/contract/errors';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export const acuHandlers = (deps: { space: UserSpace }) =>
  ({
    listMessageAcus: ({ params, query }) => {
      const page = deps.space.read((r) => r.acus.listForMessage(params.id, query));
      if (page === null) throw new AppError('not_found');
      return page;
    },
    getAcu: ({ params }) => {
      const acu = deps.space.read((r) => r.acus.byId(params.id));
      if (acu === null) throw new AppError('not_found');
      return acu;
    },
  }) satisfies Handlers<'listMessageAcus' | 'getAcu'>;
