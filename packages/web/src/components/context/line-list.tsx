/** The lines of a bundle by layer, beside them the one that is pointed at, at length. */
import type { Bundle, BundleCitation, LayerName } from '@vivim/contract/context';
import { layerNames } from '@vivim/contract/layer-words';
import { useState } from 'react';
import { number } from '../../count.ts';
import type { Compiled } from '../../hooks/use-bundle.ts';
import type { LineActs } from '../../hooks/use-line-acts.ts';
import { strings } from '../../strings.ts';
import { LineDetail } from './line-detail.tsx';
import { lineKey } from './line-key.ts';
import { LineRow } from './line-row.tsx';

const words = strings.context;

interface Props {
  compiled: Compiled;
  /** Keys of the lines that were not there before. */
  came: ReadonlySet<string>;
  acts: LineActs;
}

export const layersOf = ({ citations }: Bundle): [LayerName, BundleCitation[]][] =>
  layerNames.flatMap((layer) => {
    const lines = citations.filter((citation) => citation.layer === layer);
    return lines.length === 0 ? [] : [[layer, lines] as [LayerName, BundleCitation[]]];
  });

export function LineList({ compiled, came, acts }: Props) {
  const { bundle, given } = compiled;
  const [active, setActive] = useState<string | null>(null);
  const why = new Map(given.map((line) => [line.ref, line]));
  if (bundle.citations.length === 0) return <p className="note">{words.citationsNone}</p>;
  const shown = bundle.citations.find(({ ref }) => ref === active);
  return (
    <div className="lines">
      <div className="lines-main">
        {layersOf(bundle).map(([layer, lines]) => (
          <section key={layer} aria-label={words.layers[layer]}>
            <h3 className="layer-head">
              <i className={`swatch layer-${layer}`} aria-hidden="true" />
              {words.layers[layer]}
              <span className="meta">
                {words.layerTokens(number(bundle.layers.find((one) => one.layer === layer)?.used ?? 0))}
              </span>
            </h3>
            <ol>
              {lines.map((citation) => (
                <LineRow
                  key={citation.ref}
                  citation={citation}
                  line={why.get(citation.ref)}
                  isNew={came.has(lineKey(citation))}
                  isActive={citation.ref === active}
                  recipe={bundle.recipe}
                  acts={acts}
                  onLook={() => setActive(citation.ref)}
                />
              ))}
            </ol>
          </section>
        ))}
      </div>
      <aside className="lines-aside" aria-label={words.whyTitle}>
        {shown === undefined ? (
          <p className="note">{words.whyHint}</p>
        ) : (
          <LineDetail citation={shown} line={why.get(shown.ref)} />
        )}
      </aside>
    </div>
  );
}
