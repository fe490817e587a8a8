/** What a whole is made of, as one bar with its legend: widths by SVG, because the policy takes no style of an element. */
import { bytes } from '../../format.ts';

interface Props {
  label: string;
  parts: readonly { readonly name: string; readonly bytes: number }[];
  /** Of the whole bar, bytes. */
  total: number;
  /** What the rest is called. */
  free: string;
}

/** Of what there is too little of to be seen, a sliver. */
const least = 0.4;

export function SizeBar({ label, parts, total, free }: Props) {
  const widths = parts.map((part) => (part.bytes === 0 ? 0 : Math.max(least, (100 * part.bytes) / Math.max(total, 1))));
  const used = parts.reduce((sum, part) => sum + part.bytes, 0);
  return (
    <div className="size-bar">
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={label}>
        <rect className="size-rest" width="100" height="4" />
        {parts.map((part, at) => (
          <rect
            key={part.name}
            className={`size-${at}`}
            x={widths.slice(0, at).reduce((sum, width) => sum + width, 0)}
            width={widths[at]}
            height="4"
          />
        ))}
      </svg>
      <ul className="size-legend">
        {parts.map((part, at) => (
          <li key={part.name}>
            <i className={`size-${at}`} aria-hidden="true" />
            {part.name} <b>{bytes(part.bytes)}</b>
          </li>
        ))}
        <li>
          <i className="size-rest" aria-hidden="true" />
          {free} <b>{bytes(Math.max(0, total - used))}</b>
        </li>
      </ul>
    </div>
  );
}
