/** All topics, or all people and things, of a person: found, filtered and ordered, with what was put right. Asks for nothing itself. */
import { Link } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { strings } from '../../strings.ts';
import { PageHeader } from '../kit/page-header.tsx';
import { PendingNote } from '../kit/pending-note.tsx';
import { CorrectionsList } from './corrections-list.tsx';
import { SubjectFiltersBar } from './subject-filters-bar.tsx';
import { SubjectList } from './subject-list.tsx';
import '../../styles/subjects.css';

type Listed = ComponentProps<typeof SubjectList>;

interface Props extends Pick<Listed, 'kind' | 'filters' | 'go'> {
  title: string;
  lead: string;
  /** An infinite query of them. */
  list: {
    readonly data: { readonly pages: readonly { readonly items: Listed['subjects'] }[] } | undefined;
    readonly isPending: boolean;
    readonly isFetching: boolean;
    readonly hasNextPage: boolean;
    readonly error: Error | null;
    refetch(): unknown;
    fetchNextPage(): unknown;
  };
  /** Narrower ones below wider ones. */
  tree?: boolean;
  /** What else may be chosen beside the filters. */
  children?: ReactNode;
}

export function SubjectCollection({ title, lead, kind, filters, go, list, tree = false, children }: Props) {
  return (
    <>
      <PageHeader title={title} lead={lead} />
      <PendingNote />
      <SubjectFiltersBar
        kind={kind}
        filters={filters}
        go={go}
        beside={
          <Link to="/graph" search={{ kind }} className="button">
            {strings.subjects.map}
          </Link>
        }
      >
        {children}
      </SubjectFiltersBar>
      <SubjectList
        kind={kind}
        filters={filters}
        go={go}
        subjects={list.data?.pages.flatMap((page) => page.items) ?? []}
        pending={list.isPending}
        error={list.error}
        retry={() => void list.refetch()}
        more={list.hasNextPage && !list.isFetching ? () => void list.fetchNextPage() : null}
        tree={tree}
      />
      <CorrectionsList kind={kind} />
    </>
  );
}
