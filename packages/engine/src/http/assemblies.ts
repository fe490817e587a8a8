/** Records of the contexts that were compiled. An application or a token is told of its own session alone. */
import type { Asker } from '@vivim/contract/assembly';
import { AppError } from '@vivim/contract/errors';
import type { AssemblyId } from '@vivim/contract/ids';
import { explain } from '../context/assembly-records.ts';
import { withNow } from '../context/assembly-since.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import { knownList, mayKnow } from './asked-records.ts';
import type { Handlers } from './handler.ts';

function found(r: SpaceReader, asker: Asker, id: AssemblyId) {
  const assembly = r.assemblies.find(id);
  if (assembly === null || !mayKnow(asker, assembly)) throw new AppError('not_found');
  return assembly;
}

export const assemblyHandlers = ({ space }: { space: UserSpace }) =>
  ({
    listAssemblies: ({ query, asker }) => {
      const known = knownList(asker, query);
      return known === null ? { items: [], nextCursor: null } : space.read((r) => r.assemblies.page(known));
    },
    getAssembly: ({ params, asker }) => space.read((r) => withNow(r, found(r, asker, params.id))),
    explainAssembly: ({ params, query, asker }) =>
      space.read((r) => explain(r, found(r, asker, params.id), query.acuId)),
  }) satisfies Handlers<'listAssemblies' | 'getAssembly' | 'explainAssembly'>;
