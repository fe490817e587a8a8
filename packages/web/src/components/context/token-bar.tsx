/** Where the tokens of a bundle went: one bar of all layers, then a line for each with given against used. */
import { type Bundle, type BundleLayer, layerTitles } from '@vivim/contract/context';
import { number } from '../../count.ts';
import { percent } from '../../format.ts';
import { strings } from '../../strings.ts';

const share = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.min(100, (100 * part) / whole)}%`;

/** One bar of all layers, each as wide as its share of the budget. */
export function LayerBar({
  layers,
  budget,
}: {
  layers: readonly Pick<BundleLayer, 'layer' | 'used'>[];
  budget: number;
}) {
  return (
    <div className="token-bar" aria-hidden="true">
      {layers.map(({ layer, used }) => (
        <span
          key={layer}
          className={`layer-${layer}`}
          style={{ width: share(used, budget) }}
          title={layerTitles[layer]}
        />
      ))}
    </div>
  );
}

export function TokenBar({ bundle }: { bundle: Bundle }) {
  const { layers, budget, tokens } = bundle;
  const widest = Math.max(1, ...layers.map((layer) => Math.max(layer.allotted, layer.used)));
  return (
    <section className="tokens" aria-label={strings.context.tokenBar}>
      <p>
        <b>{strings.context.used(number(tokens), number(budget))}</b>
        <span className="meta">
          {percent(tokens / budget)}, {strings.context.tokenizer(bundle.tokenizer)}
        </span>
      </p>
      <LayerBar layers={layers} budget={budget} />
      <table className="layers">
        <thead>
          <tr>
            <th scope="col">{strings.context.layer}</th>
            <th scope="col" className="layer-meter-head">
              <span className="visually-hidden">{strings.context.tokenBar}</span>
            </th>
            <th scope="col">{strings.context.layerUsed}</th>
            <th scope="col">{strings.context.layerAllotted}</th>
            <th scope="col">{strings.context.layerWhy}</th>
          </tr>
        </thead>
        <tbody>
          {layers.map(({ layer, allotted, used, reason }) => (
            <tr key={layer}>
              <th scope="row">
                <i className={`swatch layer-${layer}`} aria-hidden="true" />
                {layerTitles[layer]}
              </th>
              <td>
                <span className="given" style={{ width: share(allotted, widest) }} aria-hidden="true" />
                <span className={`taken layer-${layer}`} style={{ width: share(used, widest) }} aria-hidden="true" />
              </td>
              <td>{number(used)}</td>
              <td>{number(allotted)}</td>
              <td className="note">{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
