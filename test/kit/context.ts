/** Contexts of a space in a test, as an engine compiles them, without a model and without a server. */
import type { Asker } from '@vivim/contract/assembly';
import type { Clock } from '@vivim/contract/clock';
import { AssemblyRecords } from '@vivim/engine/context/assembly-records';
import type { Retrieving } from '@vivim/engine/context/candidate';
import { ContextOrchestrator } from '@vivim/engine/context/context-orchestrator';
import { Foresight } from '@vivim/engine/context/foresight/foresight';
import { Presences } from '@vivim/engine/context/foresight/presences';
import { UnderWay } from '@vivim/engine/context/foresight/under-way';
import { Retriever } from '@vivim/engine/context/retrieval/retriever';
import { StandingBundles } from '@vivim/engine/context/standing-bundles';
import { SubjectNames } from '@vivim/engine/context/subject-names';
import { o200k } from '@vivim/engine/context/tokens/byte-pair-tokenizer';
import type { UserSpace } from '@vivim/engine/space/user-space';

/** Somebody asks. */
export const asker: Asker = { sessionId: '00000000-0000-7000-8000-000000000000', way: 'api' };

/**
 * @param mask takes secrets out of a message before it is recorded
 * @param retriever words alone where none is given
 */
export function contextsOf(
  space: UserSpace,
  clock: Clock = () => 1_700_000_000_000,
  mask: (text: string) => string = (text) => text,
  retriever: Retrieving = new Retriever({ space, embedder: null, vectors: null, clock }),
): ContextOrchestrator {
  const names = new SubjectNames(space);
  return new ContextOrchestrator({
    space,
    retriever,
    standing: new StandingBundles({ space, tokenizer: o200k, clock }),
    records: new AssemblyRecords({ space, clock, mask }),
    names,
    foresight: new Foresight({ space, presences: new Presences(clock), names, clock }),
    underWay: new UnderWay(() => {}, 0),
  });
}
