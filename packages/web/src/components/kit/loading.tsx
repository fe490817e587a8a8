/** Grey lines where text will be, and the word for who cannot see them. */
import { strings } from '../../strings.ts';

export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{strings.loading}</span>
      {Array.from({ length: lines }, (_, line) => `line-${line}`).map((key) => (
        <div key={key} className="loading-line" aria-hidden="true" />
      ))}
    </div>
  );
}
