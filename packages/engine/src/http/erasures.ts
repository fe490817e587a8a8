/** Erasing: what is named goes, or with `preview` is only counted. */
import { type ErasureKind, type ErasureReceipt, type Mentions, mostByRange } from '@vivim/contract/erasure';
import { AppError } from '@vivim/contract/errors';
import type { Eraser } from '../erasure/eraser.ts';
import type { UserSpace, Verb } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

export interface ErasureHandlerDeps {
  readonly space: UserSpace;
  readonly eraser: Eraser;
}

interface OneCall {
  readonly params: { readonly id: string };
  readonly query: { readonly preview?: boolean | undefined; readonly mentions?: Mentions };
  readonly verb: Verb;
}

export const erasureHandlers = ({ space, eraser }: ErasureHandlerDeps) => {
  const one =
    (kind: ErasureKind) =>
    ({ params, query, verb }: OneCall): Promise<ErasureReceipt> => {
      const wish = { kind, ids: [params.id], mentions: query.mentions ?? 'keep' };
      return query.preview === true ? eraser.preview(wish) : eraser.erase(wish, verb);
    };
  return {
    eraseConversation: one('conversation'),
    eraseMessage: one('message'),
    eraseAcu: one('acu'),
    eraseTopic: one('topic'),
    eraseEntity: one('entity'),
    eraseImport: one('import'),
    erase: ({ body, query, verb }) => (query.preview === true ? eraser.preview(body) : eraser.erase(body, verb)),
    async eraseRange({ body, query, verb }) {
      const ids = space.read((r) => r.conversations.idsWithin(body, mostByRange + 1));
      if (ids.length > mostByRange)
        throw new AppError('request_invalid', `More than ${mostByRange} conversations fit; name a shorter time.`);
      // Sent again after it was done, nothing is left to name; the first answer is what its key brings back.
      if (ids.length === 0) throw new AppError('not_found');
      const wish = { kind: 'conversation', ids, mentions: 'keep' } as const;
      return query.preview === true ? eraser.preview(wish) : eraser.erase(wish, verb);
    },
    listErasures: ({ query }) => space.read((r) => r.erasures.page(query)),
    getErasureReceipt: ({ params }) => {
      const receipt = space.read((r) => r.erasures.find(params.id));
      if (receipt === null) throw new AppError('not_found');
      return receipt;
    },
    allowErased: ({ params, verb }) => eraser.allow(params.id, verb),
  } satisfies Handlers<
    | 'eraseConversation'
    | 'eraseMessage'
    | 'eraseAcu'
    | 'eraseTopic'
    | 'eraseEntity'
    | 'eraseImport'
    | 'erase'
    | 'eraseRange'
    | 'listErasures'
    | 'getErasureReceipt'
    | 'allowErased'
  >;
};
