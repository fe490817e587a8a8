/** Messages two exports say different things in: decided one by one, those chosen, or all at once, each with the way back. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type VersionRule, versionRules } from '@vivim/contract/conflicts';
import type { ConversationId } from '@vivim/contract/ids';
import { type ReactNode, useRef, useState } from 'react';
import { decideConflicts, exportConflictsQuery } from '../api/conflict-queries.ts';
import { ConflictCard } from '../components/imports/conflict-card.tsx';
import { Empty } from '../components/kit/empty.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { ProblemPage } from '../components/kit/problem-page.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { strings } from '../strings.ts';
import '../styles/importing.css';

const words = strings.import.conflicts;

export function ImportConflictsPage(): ReactNode {
  const client = useQueryClient();
  const [decided, setDecided] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<ConversationId>>(new Set());
  const [busy, setBusy] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const found = useInfiniteQuery(exportConflictsQuery(decided));
  if (found.error !== null) return <ProblemPage error={found.error} retry={() => void found.refetch()} />;
  const conflicts = found.data?.pages.flatMap((page) => page.items) ?? [];

  const keep = async (rule: VersionRule, ids: readonly ConversationId[] | null): Promise<void> => {
    setBusy(true);
    const done = await decideConflicts(client, rule, ids);
    setBusy(false);
    if (!done) return;
    setChosen(new Set());
    // The button that was pressed may be gone with its card, and all of them with the last one.
    if (!decided) place.current?.focus();
  };
  const choose = (id: ConversationId, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <div ref={place} tabIndex={-1}>
        {conflicts.length > 0 && (
          <fieldset className="decide-many">
            <legend>{chosen.size === 0 ? words.all : words.chosen(chosen.size)}</legend>
            {versionRules.map((rule) => (
              <button
                key={rule}
                type="button"
                disabled={busy}
                onClick={() => void keep(rule, chosen.size === 0 ? null : [...chosen])}
              >
                {words.keep[rule]}
              </button>
            ))}
            <label className="check">
              <input type="checkbox" checked={decided} onChange={(event) => setDecided(event.target.checked)} />
              <span>{words.decided}</span>
            </label>
          </fieldset>
        )}
        {found.isPending && <Skeleton shape="rows" />}
        {found.isSuccess && conflicts.length === 0 && (
          <Empty
            icon="check"
            title={decided ? words.noneDecided : words.none}
            text={`${decided ? '' : `${words.noneText} `}${words.how}`}
          >
            <Link to="/import" className="button">
              {words.bringIn}
            </Link>
            {!decided && (
              <button type="button" onClick={() => setDecided(true)}>
                {words.showDecided}
              </button>
            )}
          </Empty>
        )}
      </div>
      <div className="stack">
        {conflicts.map((conflict) => (
          <ConflictCard
            key={conflict.conversationId}
            conflict={conflict}
            busy={busy}
            chosen={chosen.has(conflict.conversationId)}
            onChoose={(isChosen) => choose(conflict.conversationId, isChosen)}
            onKeep={(rule) => void keep(rule, [conflict.conversationId])}
          />
        ))}
      </div>
      <LoadMore load={found.hasNextPage ? () => void found.fetchNextPage() : null} busy={found.isFetchingNextPage} />
      <p className="actions">
        <Link to="/import">{words.back}</Link>
      </p>
    </>
  );
}
