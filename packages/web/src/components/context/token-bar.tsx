/** Where the tokens of a bundle went: one bar of all layers, then a line for each with what it asked for, was given and used. What asked for more than any was given is drawn as long as there is room. */
import type { Bundle, BundleLayer } from '@vivim/contract/context';
import { number } from '../../count.ts';
import { strings } from '../../strings.ts';

const words = strings.context;
const share = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.min(100, (100 * part) / whole)}%`;

/** One bar of all layers, each as wide as its share of the budget: what was used solid, what was given beyond that pale. */
export function LayerBar({
  layers,
  budget,
}: {
  layers: readonly Pick<BundleLayer, 'layer' | 'used' | 'allotted'>[];
  budget: number;
}) {
  return (
    <div className="token-bar" aria-hidden="true">
      {layers.flatMap(({ layer, used, allotted }) => [
        <span
          key={layer}
          className={`layer-${layer}`}
          style={{ width: share(used, budget) }}
          title={`${words.layers[layer]}: ${number(used)}`}
        />,
        <span
          key={`${layer} spare`}
          className={`spare layer-${layer}`}
          style={{ width: share(Math.max(0, allotted - used), budget) }}
        />,
      ])}
    </div>
  );
}

export function TokenTable({ bundle }: { bundle: Pick<Bundle, 'layers'> }) {
  const { layers } = bundle;
  const widest = Math.max(1, ...layers.map(({ allotted, used }) => Math.max(allotted, used)));
  return (
    <section aria-label={words.tokenBar}>
      <table className="layers">
        <thead>
          <tr>
            <th scope="col">{words.layer}</th>
            <th scope="col" className="layer-meter-head">
              <span className="visually-hidden">{words.tokenBar}</span>
            </th>
            <th scope="col">{words.layerWanted}</th>
            <th scope="col">{words.layerAllotted}</th>
            <th scope="col">{words.layerUsed}</th>
            <th scope="col">{words.layerWhy}</th>
          </tr>
        </thead>
        <tbody>
          {layers.map(({ layer, allotted, used, wanted, reason }) => (
            <tr key={layer}>
              <th scope="row">
                <i className={`swatch layer-${layer}`} aria-hidden="true" />
                {words.layers[layer]}
              </th>
              <td>
                <span className="given" style={{ width: share(allotted, widest) }} aria-hidden="true" />
                <span className={`taken layer-${layer}`} style={{ width: share(used, widest) }} aria-hidden="true" />
                {wanted !== undefined && (
                  <span className="asked" style={{ width: share(wanted, widest) }} aria-hidden="true" />
                )}
              </td>
              <td>{wanted === undefined ? '' : number(wanted)}</td>
              <td>{number(allotted)}</td>
              <td>{number(used)}</td>
              <td className="note" dir="auto" lang="en">
                {reason}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
