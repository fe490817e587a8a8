/** Two recipes asked the same: their lines side by side, what only one has marked, tokens and time at the head. */
import type { BundleCitation } from '@vivim/contract/context';
import { number } from '../../count.ts';
import { milliseconds } from '../../format.ts';
import type { Compiled } from '../../hooks/use-bundle.ts';
import { strings } from '../../strings.ts';
import { differenceOf, lineKey } from './line-key.ts';
import { layersOf } from './line-list.tsx';
import { LineSource } from './line-source.tsx';
import { LayerBar } from './token-bar.tsx';

const words = strings.context;

function Side({ compiled, only }: { compiled: Compiled; only: readonly BundleCitation[] }) {
  const { bundle } = compiled;
  const alone = new Set(only.map(lineKey));
  return (
    <section className="side-bundle" aria-label={words.compareTitle(bundle.recipe)}>
      <h2>{words.compareTitle(bundle.recipe)}</h2>
      <p className="meta">
        <b>{words.used(number(bundle.tokens), number(bundle.budget))}</b>
        <span>{words.took(milliseconds(bundle.timings.total ?? 0))}</span>
      </p>
      <LayerBar layers={bundle.layers} budget={bundle.budget} />
      {layersOf(bundle).map(([layer, lines]) => (
        <div key={layer}>
          <h3 className="layer-head">
            <i className={`swatch layer-${layer}`} aria-hidden="true" />
            {words.layers[layer]}
          </h3>
          <ol>
            {lines.map((citation) => {
              const isAlone = alone.has(lineKey(citation));
              return (
                <li key={citation.ref} className={isAlone ? 'line came' : 'line shared'}>
                  <span className="line-ref">{citation.ref}</span>
                  <div className="line-body">
                    <p className="line-quote" dir="auto">
                      <LineSource citation={citation}>{citation.quoted}</LineSource>
                    </p>
                    {isAlone && <span className="chip done">{words.onlyHere}</span>}
                  </div>
                </li>
              );
            })}
          </ol>
        </div>
      ))}
    </section>
  );
}

export function CompareView({ one, other }: { one: Compiled; other: Compiled }) {
  const { came, went, both } = differenceOf(other.bundle, one.bundle);
  return (
    <>
      <p className="meta" role="status">
        <b>{words.both(both)}</b>
      </p>
      <div className="compare">
        <Side compiled={one} only={came} />
        <Side compiled={other} only={went} />
      </div>
    </>
  );
}
