/** Memories as filtered by the address, a long list of which only what is near stands in the page. */
import { Link } from '@tanstack/react-router';
import type { Memory } from '@vivim/contract/memory';
import type { MemoryFilters } from '../../api/memory-filters.ts';
import { strings } from '../../strings.ts';
import { Empty } from '../kit/empty.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { VirtualList } from '../kit/virtual-list.tsx';
import { MemoryRow } from './memory-row.tsx';

const words = strings.memories;
const rowHeight = 76;

interface Props {
  filters: MemoryFilters;
  go: (filters: MemoryFilters) => void;
  memories: readonly Memory[];
  /** How many there are in all, where that is known. */
  total: number | undefined;
  pending: boolean;
  error: Error | null;
  retry: () => void;
  more: (() => void) | null;
  onAdd: () => void;
}

export function MemoryList({ filters, go, memories, total, pending, error, retry, more, onAdd }: Props) {
  if (error !== null) return <Problem error={error} retry={retry} />;
  if (pending) return <Skeleton shape="rows" count={8} />;
  if (memories.length === 0) return <NothingHere filters={filters} go={go} onAdd={onAdd} />;
  return (
    <VirtualList
      items={memories}
      keyOf={({ id }) => id}
      estimate={rowHeight}
      label={words.title}
      className="memories"
      onEnd={more}
      {...(total === undefined ? {} : { total })}
    >
      {(memory) => <MemoryRow memory={memory} query={filters.q ?? ''} />}
    </VirtualList>
  );
}

function NothingHere({ filters, go, onAdd }: Pick<Props, 'filters' | 'go' | 'onAdd'>) {
  const names = Object.keys(filters);
  const [only] = names;
  if (names.length === 1 && (only === 'due' || only === 'state'))
    return (
      <Empty
        icon="memories"
        title={words.nothingIn[filters.state ?? 'due'].title}
        text={words.nothingIn[filters.state ?? 'due'].text}
      />
    );
  if (names.length > 0)
    return (
      <Empty icon="memories" title={words.nothing} text={words.nothingText}>
        <button type="button" className="button" onClick={() => go({})}>
          {words.clear}
        </button>
      </Empty>
    );
  return (
    <Empty icon="memories" title={words.emptyTitle} text={words.emptyText}>
      <div className="actions">
        <Link to="/import" className="button primary">
          {strings.home.emptyAction}
        </Link>
        <button type="button" onClick={onAdd}>
          {words.add}
        </button>
      </div>
    </Empty>
  );
}
