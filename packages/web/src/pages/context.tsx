/** Composing a bundle: the question, then the text with its sources. Compiles nothing itself. */

import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { conversationQuery } from '../api/queries.ts';
import { BundleView } from '../components/context/bundle-view.tsx';
import { ContextForm } from '../components/context/context-form.tsx';
import { ExclusionsList } from '../components/context/exclusions-list.tsx';
import { ForesightNote } from '../components/context/foresight-note.tsx';
import { FormingBundle } from '../components/context/forming-bundle.tsx';
import { Empty } from '../components/kit/empty.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { useBundle } from '../hooks/use-bundle.ts';
import { strings } from '../strings.ts';

const route = getRouteApi('/context');

function Continued({ id }: { id: string }) {
  const { data } = useQuery(conversationQuery(id));
  return (
    <p className="meta">
      <span>{strings.context.continues}</span>
      <Link to="/conversations/$id" params={{ id }} search={{}}>
        {data?.title ?? data?.opening ?? strings.untitled}
      </Link>
      <Link to="/context" search={{}}>
        {strings.context.stopContinuing}
      </Link>
    </p>
  );
}

export function ContextPage(): ReactNode {
  const { conversation } = route.useSearch();
  const { last, compile, busy, forming, error } = useBundle();
  return (
    <>
      <PageHeader title={strings.context.title} lead={strings.context.lead} />
      {conversation !== undefined && <Continued id={conversation} />}
      <ContextForm before={last?.input} conversationId={conversation} busy={busy} onCompile={compile} />
      <div aria-live="polite" aria-busy={busy}>
        {error !== null && <Problem error={error} />}
        {forming !== null && <FormingBundle forming={forming} />}
        {last === undefined && error === null && forming === null && (
          <Empty icon="context" title={strings.context.startTitle} text={strings.context.startText} />
        )}
      </div>
      {last !== undefined && forming === null && <BundleView bundle={last.bundle} />}
      <ForesightNote />
      <ExclusionsList />
    </>
  );
}
