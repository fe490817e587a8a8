/** The key log for a person: one line for each entry, the first one first. */
import type { KeyLog, KeyLogEntry, KeyLogPayload } from '@vivim/contract/key-log';
import { nullified } from '@vivim/contract/key-log-rules';
import { standing } from '../identity/sign-entry.ts';
import { purposeText } from './access-text.ts';
import { count, plain, table } from './text.ts';
import { brief, moment } from './when.ts';

const keyText = ({ purpose, kid }: { readonly purpose: keyof typeof purposeText; readonly kid: string }) =>
  `${brief(kid)} ${purposeText[purpose]}`;

function done(payload: KeyLogPayload): string {
  switch (payload.op) {
    case 'add':
      return `let in ${payload.keys.map(keyText).join(', ')}`;
    case 'revoke':
      return `shut out ${payload.kids.map(brief).join(', ')}`;
    case 'setRecovery': {
      const paper =
        payload.recovery === null ? 'no key on paper' : `the key on paper ${brief(payload.recovery.sign.kid)}`;
      const { guardians } = payload;
      const people =
        guardians === null ? 'no guardians' : `${guardians.threshold} of ${count(guardians.dids.length, 'guardian')}`;
      return `set the recovery: ${paper}, ${people}`;
    }
    case 'recover':
      return `recovered with ${payload.keys.map(keyText).join(', ')}${payload.revokeOthers ? ', shutting all others out' : ''}`;
    case 'nullify':
      return `undid entry ${payload.target} and all after it`;
  }
}

const row = ({ payload, signer, at }: KeyLogEntry, undoneBy: number | undefined): string[] => [
  String(payload.seq),
  moment(at),
  `by ${brief(signer)}`,
  plain(`${done(payload)}${undoneBy === undefined ? '' : ` (undone by ${undoneBy})`}`),
];

export function keyLogText({ entries }: KeyLog): string {
  const undone = nullified(standing(entries));
  return entries.length === 0
    ? 'No entries yet: vivim login begins the log.'
    : table(entries.map((entry) => row(entry, undone.get(entry.payload.seq))));
}
