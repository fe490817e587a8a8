/** Acts of a person in the order they were made, each with a way back. Folded, and asked for when somebody looks. Knows no kind of act. */
import { day } from '../../format.ts';
import { LoadMore } from './load-more.tsx';
import { Problem } from './problem.tsx';

interface Act<Id extends string> {
  readonly id: Id;
  /** What was done, for a person. */
  readonly what: string;
  readonly at: string;
}

interface Props<Id extends string> {
  title: string;
  /** Said above them, or in their place. */
  note: string | null;
  acts: readonly Act<Id>[];
  /** Null: there are no more. */
  loadMore: (() => void) | null;
  loading: boolean;
  listError: Error | null;
  takeBack: { label: string; of: (what: string) => string; run: (id: Id) => void; busy: boolean; error: Error | null };
  onOpen: (open: boolean) => void;
}

export function ActsList<Id extends string>({
  title,
  note,
  acts,
  loadMore,
  loading,
  listError,
  takeBack,
  onOpen,
}: Props<Id>) {
  return (
    <details className="folded" onToggle={(event) => onOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {note !== null && <p className="note">{note}</p>}
      {listError !== null && <Problem error={listError} />}
      <ul>
        {acts.map(({ id, what, at }) => (
          <li key={id}>
            <span dir="auto">{what}</span> <time className="meta">{day(at)}</time>{' '}
            <button
              type="button"
              className="quiet"
              aria-label={takeBack.of(what)}
              disabled={takeBack.busy}
              onClick={() => takeBack.run(id)}
            >
              {takeBack.label}
            </button>
          </li>
        ))}
      </ul>
      {takeBack.error !== null && <Problem error={takeBack.error} />}
      <LoadMore load={loadMore} busy={loading} />
    </details>
  );
}
