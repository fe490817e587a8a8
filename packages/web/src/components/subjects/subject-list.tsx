/** Topics or entities as filtered by the address, a long list of which only what is near stands in the page. */
import { Link } from '@tanstack/react-router';
import type { EntitySummary, TopicSummary } from '@vivim/contract/profile';
import type { ReactNode } from 'react';
import type { SubjectFilters } from '../../api/subject-filters.ts';
import { strings } from '../../strings.ts';
import { Empty } from '../kit/empty.tsx';
import { Problem } from '../kit/problem.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { VirtualList } from '../kit/virtual-list.tsx';
import { SubjectRow } from './subject-row.tsx';
import type { SubjectKind } from './use-correct.ts';
import { underWider } from './wider.ts';

const words = strings.subjects;
const rowHeight = 60;

interface Props {
  kind: SubjectKind;
  filters: SubjectFilters;
  go: (filters: SubjectFilters) => void;
  subjects: readonly (TopicSummary | EntitySummary)[];
  pending: boolean;
  error: Error | null;
  retry: () => void;
  more: (() => void) | null;
  /** Narrower ones stand under the wider ones they are part of. */
  tree: boolean;
}

const nameOf = (one: TopicSummary | EntitySummary): string => ('label' in one ? one.label : one.name);

export function SubjectList({ kind, filters, go, subjects, pending, error, retry, more, tree }: Props): ReactNode {
  if (error !== null) return <Problem error={error} retry={retry} />;
  if (pending) return <Skeleton shape="rows" count={8} />;
  const rows = subjects.map((summary) => ({ kind, name: nameOf(summary), summary, depth: 0 }));
  if (rows.length === 0) return <NothingHere kind={kind} filters={filters} go={go} />;
  return (
    <VirtualList
      items={tree ? underWider(rows) : rows}
      keyOf={({ summary }) => summary.id}
      estimate={rowHeight}
      label={words.list[kind]}
      className="subject-list"
      onEnd={more}
    >
      {(row) => <SubjectRow {...row} />}
    </VirtualList>
  );
}

function NothingHere({ kind, filters, go }: Pick<Props, 'kind' | 'filters' | 'go'>) {
  const icon = kind === 'topic' ? 'topics' : 'entities';
  if (filters.hidden && Object.keys(filters).length === 1)
    return <Empty icon={icon} title={words.noneHidden} text={words.noneHiddenText} />;
  if (Object.keys(filters).length > 0)
    return (
      <Empty icon={icon} title={words.nothing} text={words.nothingText}>
        <button type="button" className="button" onClick={() => go({})}>
          {words.clear}
        </button>
      </Empty>
    );
  const { emptyTopics, emptyEntities, emptyText } = strings.profiles;
  return (
    <Empty icon={icon} title={kind === 'topic' ? emptyTopics : emptyEntities} text={emptyText}>
      <Link to="/import" className="button primary">
        {strings.home.emptyAction}
      </Link>
    </Empty>
  );
}
