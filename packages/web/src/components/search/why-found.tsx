/** Why something was found, in a sentence. */
import type { Reason } from '@vivim/contract/search';
import { strings } from '../../strings.ts';

/** More than these say nothing anybody reads. */
const mostReasons = 3;
const mostWords = 6;

/** Words of a phrase that was found are not told apart from it. */
const whole = (terms: readonly string[]): string[] =>
  terms.filter((term) => !terms.some((other) => other !== term && ` ${other} `.includes(` ${term} `)));

export function WhyFound({ reasons }: { reasons: readonly Reason[] }) {
  const said = reasons
    .slice(0, mostReasons)
    .map(({ arm, terms = [] }) => strings.search.because[arm](whole(terms).slice(0, mostWords)));
  return (
    <p className="why" dir="auto">
      <span className="visually-hidden">{strings.search.why}: </span>
      {said.join(' · ')}
    </p>
  );
}
