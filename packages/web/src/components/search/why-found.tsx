/** Why something was found, in a sentence. */
import type { Reason } from '@vivim/contract/search';
import { reasonSaid } from '../../reason-said.ts';
import { strings } from '../../strings.ts';

/** More than these say nothing anybody reads. */
const mostReasons = 3;
export function WhyFound({ reasons }: { reasons: readonly Reason[] }) {
  const said = reasons.slice(0, mostReasons).map(reasonSaid);
  return (
    <p className="why" dir="auto">
      <span className="visually-hidden">{strings.search.why}: </span>
      {said.join(' · ')}
    </p>
  );
}
