/** The end of a list that has more: loads by itself when it comes near, and is a button for who prefers one. */
import { useNearEnd } from '../../hooks/use-near-end.ts';
import { strings } from '../../strings.ts';

export function LoadMore({ load, busy }: { load: (() => void) | null; busy: boolean }) {
  const end = useNearEnd<HTMLDivElement>(busy ? null : load);
  if (load === null) return null;
  return (
    <div className="load-more" ref={end}>
      <button type="button" onClick={load} disabled={busy}>
        {busy ? strings.loading : strings.more}
      </button>
    </div>
  );
}
