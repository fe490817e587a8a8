/** What came and went since the bundle before it, and what this one alone leaves out or pins, with the way back. */
import type { BundleCitation } from '@vivim/contract/context';
import { type ContextAddress, listOf } from '../../api/context-address.ts';
import { present } from '../../api/search-filters.ts';
import { strings } from '../../strings.ts';
import type { Difference } from './line-key.ts';

const words = strings.context;
const shown = 8;

function Lines({ label, lines, className }: { label: string; lines: readonly BundleCitation[]; className: string }) {
  return lines.slice(0, shown).map(({ quoted, ref }) => (
    <li key={`${label} ${ref}`} className={className}>
      <b>{label}</b> <span dir="auto">{quoted.slice(0, 160)}</span>
    </li>
  ));
}

interface Props {
  difference: Difference | null;
  address: ContextAddress;
  go: (address: ContextAddress) => void;
}

export function Changed({ difference, address, go }: Props) {
  const out = listOf(address.out).length;
  const pin = listOf(address.pin).length;
  if (difference === null && out + pin === 0) return null;
  return (
    <section className="changed" aria-label={words.here}>
      {difference !== null && (
        <details open={difference.came.length + difference.went.length > 0}>
          <summary>{words.changed(difference.came.length, difference.went.length)}</summary>
          <ul>
            <Lines label={words.came} lines={difference.came} className="came" />
            <Lines label={words.went} lines={difference.went} className="went" />
          </ul>
        </details>
      )}
      {out + pin > 0 && (
        <p className="meta">
          <span>{words.here}:</span>
          {out > 0 && <span className="chip">{words.leftOutHere(out)}</span>}
          {pin > 0 && <span className="chip">{words.pinnedHere(pin)}</span>}
          <button
            type="button"
            className="quiet"
            onClick={() => go(present<ContextAddress>({ ...address, out: undefined, pin: undefined }))}
          >
            {words.undoHere}
          </button>
        </p>
      )}
    </section>
  );
}
