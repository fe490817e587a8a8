/** Contexts of a space in a test, as an engine compiles them, without a model and without a server. */
import type { Asker } from '@vivim/contract/assembly';
import type { Clock } from '@vivim/contract/clock';
import { AssemblyRecords } from '@vivim/engine/context/assembly-records';
import { ContextOrchestrator } from '@vivim/engine/context/context-orchestrator';
import { Retriever } from '@vivim/engine/context/retrieval/retriever';
import { StandingBundles } from '@vivim/engine/context/standing-bundles';
import { o200k } from '@vivim/engine/context/tokens/byte-pair-tokenizer';
import type { UserSpace } from '@vivim/engine/space/user-space';

/** Somebody asks. */
export const asker: Asker = { sessionId: '00000000-0000-7000-8000-000000000000', way: 'api' };

/** @param mask takes secrets out of a message before it is recorded */
export function contextsOf(
  space: UserSpace,
  clock: Clock = () => 1_700_000_000_000,
  mask: (text: string) => string = (text) => text,
): ContextOrchestrator {
  return new ContextOrchestrator({
    space,
    retriever: new Retriever({ space, embedder: null, vectors: null, clock }),
    standing: new StandingBundles({ space, tokenizer: o200k, clock }),
    records: new AssemblyRecords({ space, clock, mask }),
  });
}
