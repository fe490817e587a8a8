/** Records of the contexts that were compiled. */
import { AppError } from '@vivim/contract/errors';
import type { AssemblyId } from '@vivim/contract/ids';
import { explain } from '../context/assembly-records.ts';
import { withNow } from '../context/assembly-since.ts';
import type { SpaceReader } from '../space/transactors.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Handlers } from './handler.ts';

function found(r: SpaceReader, id: AssemblyId) {
  const assembly = r.assemblies.find(id);
  if (assembly === null) throw new AppError('not_found');
  return assembly;
}

export const assemblyHandlers = ({ space }: { space: UserSpace }) =>
  ({
    listAssemblies: ({ query }) => space.read((r) => r.assemblies.page(query)),
    getAssembly: ({ params }) => space.read((r) => withNow(r, found(r, params.id))),
    explainAssembly: ({ params, query }) => space.read((r) => explain(r, found(r, params.id), query.acuId)),
  }) satisfies Handlers<'listAssemblies' | 'getAssembly' | 'explainAssembly'>;
