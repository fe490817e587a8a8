/** A bundle while it forms: a bar that fills, and each layer as it is decided with the first of its lines. */
import { number } from '../../count.ts';
import type { Forming } from '../../hooks/use-bundle.ts';
import { strings } from '../../strings.ts';
import { LayerBar } from './token-bar.tsx';

const linesShown = 3;

export function FormingBundle({ forming }: { forming: Forming }) {
  const { budget, layers } = forming;
  return (
    <section className="tokens" aria-label={strings.context.forming}>
      <p>
        <b>{strings.context.used(number(layers.at(-1)?.tokens ?? 0), number(budget))}</b>
      </p>
      <LayerBar layers={layers} budget={budget} />
      <ol className="forming">
        {layers.map(({ layer, used, lines }) => (
          <li key={layer}>
            <i className={`swatch layer-${layer}`} aria-hidden="true" />
            <b>{strings.context.layers[layer]}</b>{' '}
            <span className="meta">{strings.context.layerTokens(number(used))}</span>
            {lines.slice(0, linesShown).map(({ quoted, start }) => (
              <p key={`${start} ${quoted.slice(0, 40)}`} className="line-quote" dir="auto">
                {quoted.slice(0, 120)}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
