/** What a person does with a line of a bundle: leave it out or pin it, here by the address, for good by the server, each with a way back. */
import { useQueryClient } from '@tanstack/react-query';
import type { BundleCitation } from '@vivim/contract/context';
import { citedFor } from '@vivim/contract/context';
import { ExclusionSubject } from '@vivim/contract/exclusion';
import { PinSubject } from '@vivim/contract/pin';
import type { RecipeName } from '@vivim/contract/recipe';
import { api } from '../api/client.ts';
import { type ContextAddress, joined, listOf } from '../api/context-address.ts';
import { pinsQuery } from '../api/context-queries.ts';
import { undoable } from '../components/kit/toast-queue.ts';
import { strings } from '../strings.ts';

const words = strings.context;

/** What names a line: the memory it stands for where it is no words of a conversation. */
export function subjectOf(citation: BundleCitation): { kind: 'unit' | 'memory'; of: string } | null {
  if (citation.acuId !== null) return { kind: 'unit', of: citation.acuId };
  const memory = citedFor(citation);
  return memory === null ? null : { kind: 'memory', of: memory.id };
}

export function useLineActs(address: ContextAddress, go: (address: ContextAddress) => void) {
  const client = useQueryClient();
  const again = () =>
    Promise.all(
      ['bundle', 'exclusions', 'pins', 'exclusion'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
  const with_ = (key: 'out' | 'pin', id: string): void =>
    go({ ...address, [key]: joined([...new Set([...listOf(address[key]), id])]) });
  return {
    leaveOut: (of: string) => with_('out', of),
    pinHere: (of: string) => with_('pin', of),
    /** A memory is kept out by forgetting it, on its own page. */
    keepOut: async (of: string) => {
      let id: string | undefined;
      await undoable(
        async () => {
          id = (await api.createExclusion({ body: ExclusionSubject.parse({ kind: 'unit', of }) })).id;
          await again();
        },
        {
          say: words.keptOut,
          undo: async () => {
            await api.deleteExclusion({ params: { id: id as never } });
            await again();
          },
        },
      );
    },
    /** @param recipe null: into every context */
    pin: async (kind: 'unit' | 'memory', of: string, recipe: string | null) => {
      let id: string | undefined;
      const body = PinSubject.parse({ kind, of, ...(recipe === null ? {} : { recipe: recipe as RecipeName }) });
      await undoable(
        async () => {
          id = (await api.createPin({ body })).id;
          await again();
        },
        {
          say: words.pinnedNow(recipe),
          undo: async () => {
            await api.deletePin({ params: { id: id as never } });
            await again();
          },
        },
      );
      await client.invalidateQueries(pinsQuery);
    },
  };
}

export type LineActs = ReturnType<typeof useLineActs>;
