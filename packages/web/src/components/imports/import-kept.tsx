/** Memories, projects, documents and ratings of an import, one by one. Shows nothing where it brought none. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ImportKept as Kept } from '@vivim/contract/imports';
import { importKeptQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';
import { LoadMore } from '../kit/load-more.tsx';
import { Problem } from '../kit/problem.tsx';

const texts = strings.entries;

function KeptLine({ kept: { kind, label, conversationId } }: { kept: Kept }) {
  return (
    <li className="issue">
      <span className="chip">{texts.keptKinds[kind]}</span>
      <div>
        <p>{label ?? texts.untitled}</p>
        {conversationId !== null && (
          <p className="meta">
            <Link to="/conversations/$id" params={{ id: conversationId }}>
              {texts.inConversation}
            </Link>
          </p>
        )}
      </div>
    </li>
  );
}

export function ImportKept({ id }: { id: string }) {
  const all = useInfiniteQuery(importKeptQuery(id));
  if (all.error !== null) return <Problem error={all.error} retry={() => void all.refetch()} />;
  const listed = all.data?.pages.flatMap((page) => page.items) ?? [];
  if (listed.length === 0) return null;
  return (
    <section aria-label={texts.keptTitle}>
      <h2>{texts.keptTitle}</h2>
      <ul className="issues">
        {listed.map((kept, ix) => (
          // Nothing here moves: a list of one import, in one order.
          // biome-ignore lint/suspicious/noArrayIndexKey: two of one kind may say the same
          <KeptLine key={ix} kept={kept} />
        ))}
      </ul>
      <LoadMore load={all.hasNextPage ? () => void all.fetchNextPage() : null} busy={all.isFetchingNextPage} />
    </section>
  );
}
