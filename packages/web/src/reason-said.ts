/** Why something was found, in the language of the pages, out of the codes of the server. */
import type { Reason } from '@vivim/contract/search';
import { day } from './format.ts';
import { strings } from './strings.ts';

const mostWords = 6;

/** Words of a phrase that was found are not told apart from it. */
const whole = (terms: readonly string[]): string[] =>
  terms.filter((term) => !terms.some((other) => other !== term && ` ${other} `.includes(` ${term} `)));

export function reasonSaid({ arm, terms = [], event, first }: Reason): string {
  const said = strings.search.because[first === true ? 'first' : arm](whole(terms).slice(0, mostWords));
  if (event === undefined) return said;
  const { event: name, day: when, saidOn, remembered } = event;
  const known = strings.search.event;
  if (when === null) return `${said} (${known.unknown(name)})`;
  return `${said} (${saidOn === undefined ? known.remembered(name, day(when), remembered ?? '') : known.said(name, day(when), day(saidOn))})`;
}
