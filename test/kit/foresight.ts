/** A space with what makes ready what is asked next, as an engine has it, driven by hand and by a clock that can be moved. */
import { ContextRequest } from '@vivim/contract/context';
import type { ForesightTally, Presence } from '@vivim/contract/presence';
import { AssemblyRecords } from '@vivim/engine/context/assembly-records';
import type { Retrieving } from '@vivim/engine/context/candidate';
import { ContextOrchestrator } from '@vivim/engine/context/context-orchestrator';
import { Foresight } from '@vivim/engine/context/foresight/foresight';
import { Presences } from '@vivim/engine/context/foresight/presences';
import { UnderWay } from '@vivim/engine/context/foresight/under-way';
import { WarmRetrievals } from '@vivim/engine/context/foresight/warm-retrievals';
import { WarmUp } from '@vivim/engine/context/foresight/warm-up';
import { Retriever } from '@vivim/engine/context/retrieval/retriever';
import { StandingBundles } from '@vivim/engine/context/standing-bundles';
import { SubjectNames } from '@vivim/engine/context/subject-names';
import { o200k } from '@vivim/engine/context/tokens/byte-pair-tokenizer';
import type { UserSpace } from '@vivim/engine/space/user-space';
import { asker } from './context.ts';

/** @param through what a retriever is reached through, where a test holds it up */
export function foresightOf(space: UserSpace, through: (retriever: Retrieving) => Retrieving = (it) => it) {
  const clock = { ms: Date.parse('2024-06-01T09:00:00Z') };
  const now = () => clock.ms;
  const retriever = through(new Retriever({ space, embedder: null, vectors: null, clock: now }));
  const retrievals = new WarmRetrievals({ space, retriever, embedder: null, clock: now });
  const standing = new StandingBundles({ space, tokenizer: o200k, clock: now });
  const records = new AssemblyRecords({ space, clock: now, mask: (text) => text });
  const names = new SubjectNames(space);
  const presences = new Presences(now);
  const foresight = new Foresight({ space, presences, names, clock: now });
  const underWay = new UnderWay(() => {}, 0);
  const warmUp = new WarmUp({ space, foresight, presences, retrievals, standing, vectors: null, underWay });
  const orchestrator = new ContextOrchestrator({
    space,
    retriever: retrievals,
    standing,
    records,
    names,
    foresight,
    underWay,
  });
  const settle = async (): Promise<void> => {
    while (warmUp.pending() > 0) await warmUp.step(new AbortController().signal);
  };
  return {
    clock,
    retrievals,
    presences,
    foresight,
    underWay,
    warmUp,
    orchestrator,
    settle,
    /** Somebody shows something, and what follows from it is done. */
    show: (shown: Omit<Presence, 'page'>): Promise<void> => {
      presences.say({ page: 'page-one', ...shown }, asker.sessionId);
      foresight.stale();
      return settle();
    },
    ask: (query: string, more: Partial<ContextRequest> = {}, gone?: AbortSignal) =>
      orchestrator.compile(ContextRequest.parse({ query, ...more }), asker, gone),
    tally: (): ForesightTally => space.read((r) => r.foresightTally.read()),
  };
}
