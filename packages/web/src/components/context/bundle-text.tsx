/** The very text of a bundle, its marks leading to where each line comes from. */
import type { Bundle } from '@vivim/contract/context';
import { strings } from '../../strings.ts';
import { citedPieces } from './cited-pieces.ts';

export function BundleText({
  text,
  format,
  lines,
  onMark,
}: Pick<Bundle, 'text' | 'format'> & { lines: number; onMark?: (ref: string) => void }) {
  let at = 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="bundle-text" tabIndex={0} aria-label={strings.context.text}>
      <pre dir="auto">
        {citedPieces(text, format, lines).map((piece) => {
          const key = at;
          at += piece.text.length;
          if (piece.mark === null) return <span key={key}>{piece.text}</span>;
          const ref = piece.mark;
          return onMark === undefined ? (
            <b key={key} className="mark-ref">
              {piece.text}
            </b>
          ) : (
            <button key={key} type="button" className="mark-ref" onClick={() => onMark(ref)}>
              {piece.text}
            </button>
          );
        })}
      </pre>
    </section>
  );
}
