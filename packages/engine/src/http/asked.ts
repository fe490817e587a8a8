/** What was asked for and given, over HTTP. An application or a token is told of its own session alone. */
import { AppError } from '@vivim/contract/errors';
import type { AssemblyId } from '@vivim/contract/ids';
import type { UserSpace } from '../space/user-space.ts';
import { knownList, mayKnow, onlySessionOf } from './asked-records.ts';
import type { Handlers } from './handler.ts';

export const askedHandlers = ({ space }: { readonly space: UserSpace }) =>
  ({
    listAsked: ({ query, asker }) => {
      const known = knownList(asker, query);
      return known === null ? { items: [], nextCursor: null } : space.read((r) => r.asked.page(known));
    },
    listAskers: ({ query: { conversation }, asker }) =>
      space.read((r) => ({ items: r.asked.askers(onlySessionOf(asker), conversation) })),
    getAsked: ({ params, asker }) =>
      space.read((r) => {
        const found = r.asked.find(params.id);
        if (found === null || !mayKnow(asker, found.summary)) throw new AppError('not_found');
        const { summary, given } = found;
        if (summary.kind !== 'context') return { ...summary, given: given === null ? null : r.askedThings(given) };
        const lines = r.assemblies.find(params.id as string as AssemblyId)?.given ?? [];
        return { ...summary, given: r.askedThings(lines.flatMap(({ acuId, memoryId }) => acuId ?? memoryId ?? [])) };
      }),
    deleteAsked: ({ params, verb }) =>
      space.apply(verb, 200, (w) => {
        w.asked.remove(params.id);
        return { cleared: 1 };
      }),
    clearAsked: ({ verb }) => space.apply(verb, 200, (w) => ({ cleared: w.asked.clear() })),
  }) satisfies Handlers<'listAsked' | 'listAskers' | 'getAsked' | 'deleteAsked' | 'clearAsked'>;
