/** The context lab: a message and settings in the address, the bundle they come to, another recipe beside it. Compiles nothing itself. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo } from 'react';
import { type ContextAddress, contextInput } from '../api/context-address.ts';
import { recipesQuery } from '../api/context-queries.ts';
import { conversationQuery } from '../api/queries.ts';
import { present } from '../api/search-filters.ts';
import { BundleView } from '../components/context/bundle-view.tsx';
import { CompareView } from '../components/context/compare-view.tsx';
import { ContextForm } from '../components/context/context-form.tsx';
import { ContextTabs } from '../components/context/context-tabs.tsx';
import { ForesightNote } from '../components/context/foresight-note.tsx';
import { FormingBundle } from '../components/context/forming-bundle.tsx';
import { Suggestions } from '../components/context/suggestions.tsx';
import { WordsOnly } from '../components/context/words-only.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { conversationName } from '../conversation-name.ts';
import { useBundle } from '../hooks/use-bundle.ts';
import { strings } from '../strings.ts';

const words = strings.context;
const route = getRouteApi('/context');

function Continued({ id, address }: { id: string; address: ContextAddress }) {
  const { data } = useQuery(conversationQuery(id));
  return (
    <p className="meta">
      <span>{words.continues}</span>
      <Link to="/conversations/$id" params={{ id }} search={{}} dir="auto">
        {conversationName(data)}
      </Link>
      <Link to="/context" search={present<ContextAddress>({ ...address, conversation: undefined })}>
        {words.stopContinuing}
      </Link>
    </p>
  );
}

export function ContextPage(): ReactNode {
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const go = useCallback((search: ContextAddress) => void navigate({ search, resetScroll: false }), [navigate]);
  const recipes = useQuery(recipesQuery);
  const input = useMemo(() => contextInput(address), [address]);
  const beside = useMemo(
    () => (address.vs === undefined ? null : contextInput({ ...address, recipe: address.vs })),
    [address],
  );
  const { last, before, busy, forming, error } = useBundle(input);
  const other = useBundle(beside, true);
  const list = recipes.data ?? [];
  const recipe = address.recipe ?? list[0]?.name;
  return (
    <>
      <PageHeader title={words.title} {...(input === null ? { lead: words.lead } : {})} />
      <ContextTabs />
      {address.conversation !== undefined && <Continued id={address.conversation} address={address} />}
      <ContextForm address={address} recipes={list} busy={busy} onAsk={go} />
      <WordsOnly />
      <div aria-live="polite" aria-busy={busy}>
        {error !== null && <Problem error={error} />}
        {forming !== null && last === undefined && <FormingBundle forming={forming} />}
        {input === null && <Suggestions onAsk={(q) => go({ ...address, q })} />}
      </div>
      {last !== undefined && error === null && (
        <>
          <label className="compare-with">
            <span>{words.compareWith}</span>
            <select
              value={address.vs ?? ''}
              onChange={({ target }) =>
                go(present<ContextAddress>({ ...address, vs: target.value === '' ? undefined : target.value }))
              }
            >
              <option value="">{words.compareNone}</option>
              {list
                .filter(({ name }) => name !== recipe)
                .map(({ name }) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
            </select>
          </label>
          {beside === null ? (
            <BundleView compiled={last} before={before} address={address} recipes={list} go={go} />
          ) : other.error !== null ? (
            <Problem error={other.error} />
          ) : other.last === undefined || other.busy ? (
            <Skeleton shape="rows" />
          ) : (
            <CompareView one={last} other={other.last} />
          )}
        </>
      )}
      <ForesightNote />
    </>
  );
}
