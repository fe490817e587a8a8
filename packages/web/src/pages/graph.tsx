/** What comes up together: a map to explore, and the same as a list. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { graphLimits } from '@vivim/contract/graph-limits';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { type GraphFilters, graphSpans, toGraphFilters } from '../api/subject-filters.ts';
import { graphQuery } from '../api/subjects-queries.ts';
import { Choice } from '../components/kit/choice.tsx';
import { Empty } from '../components/kit/empty.tsx';
import { LabelledSelect } from '../components/kit/labelled-select.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { GraphCard, kindOf } from '../components/subjects/graph-card.tsx';
import { canDraw } from '../components/subjects/graph-drawing.ts';
import { GraphList } from '../components/subjects/graph-list.tsx';
import { GraphMap } from '../components/subjects/graph-map.tsx';
import { findNodes, tiesOf } from '../components/subjects/graph-model.ts';
import { strings } from '../strings.ts';
import '../styles/subjects.css';

const route = getRouteApi('/graph');
const words = strings.subjects.graph;
const mostFound = 6;
const drawn = canDraw();

export function GraphPage(): ReactNode {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const set = useCallback(
    (changed: { [K in keyof GraphFilters]?: GraphFilters[K] | undefined }) =>
      void navigate({
        search: toGraphFilters({ ...filters, ...changed }),
        replace: true,
        // What was pressed stays under the finger.
        resetScroll: false,
      }),
    [filters, navigate],
  );
  const [limit, setLimit] = useState<number>(graphLimits.usual);
  const [view, setView] = useState<'map' | 'list'>(drawn ? 'map' : 'list');
  const [typed, setTyped] = useState('');
  // A node found by name is gone to; one that was pointed at lies under the pointer already.
  const [go, setGo] = useState(true);
  const { data: graph, error, refetch, isPlaceholderData } = useQuery(graphQuery(filters, limit));
  const ties = useMemo(() => (graph === undefined ? new Map() : tiesOf(graph)), [graph]);
  const choose = (id: string | null, far: boolean): void => {
    setGo(far);
    set({ at: id ?? undefined });
  };
  if (error !== null) return <ProblemPage error={error} retry={() => void refetch()} />;
  const node = graph?.nodes.find(({ id }) => id === filters.at);
  const found = graph === undefined ? [] : findNodes(graph, typed, mostFound);
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <div className="subject-tools graph-tools">
        <search className="graph-find">
          <input
            type="search"
            aria-label={words.find}
            placeholder={words.find}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          {found.length > 0 && (
            <ul aria-label={words.found}>
              {found.map(({ id, name }) => (
                <li key={id}>
                  <button
                    type="button"
                    dir="auto"
                    onClick={() => {
                      setTyped('');
                      choose(id, true);
                    }}
                  >
                    {name}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </search>
        {drawn && (
          <Choice
            label={words.view}
            quietLabel
            value={view}
            options={[
              ['map', words.asMap],
              ['list', words.asList],
            ]}
            onChange={setView}
          />
        )}
        <Choice
          label={words.kind}
          quietLabel
          value={filters.kind ?? 'all'}
          options={(['all', 'topic', 'entity'] as const).map((one) => [one, words.kinds[one]] as const)}
          onChange={(kind) => set({ kind: kind === 'all' ? undefined : kind, at: undefined })}
        />
        <LabelledSelect
          label={words.time}
          value={filters.days === undefined ? undefined : `${filters.days}`}
          none={words.always}
          options={graphSpans.map((span) => [`${span}`, words.days(span)])}
          onChange={(days) => set({ days: graphSpans.find((span) => `${span}` === days) })}
        />
      </div>
      {!drawn && <p className="note">{words.noMap}</p>}
      {graph === undefined ? (
        <Skeleton shape="cards" count={1} />
      ) : graph.nodes.length === 0 ? (
        <Empty icon="topics" title={words.emptyTitle} text={words.emptyText}>
          <Link to="/import" className="button primary">
            {strings.home.emptyAction}
          </Link>
        </Empty>
      ) : view === 'list' ? (
        <GraphList graph={graph} ties={ties} />
      ) : (
        <div className="graph">
          <GraphMap
            graph={graph}
            ties={ties}
            awaits={isPlaceholderData}
            at={node?.id ?? null}
            go={go}
            choose={(id) => choose(id, false)}
            open={() => {
              if (node !== undefined)
                void navigate({ to: node.kind === 'topic' ? '/topics/$id' : '/entities/$id', params: { id: node.id } });
            }}
          />
          <p className="visually-hidden" role="status">
            {node !== undefined && words.chosen(node.name, kindOf(node), (ties.get(node.id) ?? []).length)}
          </p>
          {node !== undefined && (
            <GraphCard node={node} ties={ties.get(node.id) ?? []} choose={(id) => choose(id, true)} />
          )}
        </div>
      )}
      {graph !== undefined && graph.nodes.length > 0 && (
        <p className="graph-foot">
          <span>{words.figures(graph.nodes.length, graph.edges.length)}</span>
          {view === 'map' && (
            <span className="graph-legend" aria-hidden="true">
              {(['topic', 'person', 'thing'] as const).map((one) => (
                <span key={one} className={`drawn-${one}`}>
                  {words.drawn[one]}
                </span>
              ))}
            </span>
          )}
          {graph.left > 0 && <span>{words.left(graph.left)}</span>}
          {graph.left > 0 && limit < graphLimits.nodes && (
            <button type="button" onClick={() => setLimit(Math.min(graphLimits.nodes, limit * 3))}>
              {words.more(Math.min(graph.left, Math.min(graphLimits.nodes, limit * 3) - limit))}
            </button>
          )}
        </p>
      )}
    </>
  );
}
