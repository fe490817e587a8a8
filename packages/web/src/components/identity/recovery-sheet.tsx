/** What comes out of the printer: the words, whose they are, and what to do with them. Seen on paper alone. */
import { isoTime, systemClock } from '@vivim/contract/clock';
import { createPortal } from 'react-dom';
import { placed } from '../../api/recovery-words.ts';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';

export function RecoverySheet({ account, words }: { account: string; words: readonly string[] }) {
  const text = strings.recoveryKey.onPaper;
  // Beside the application, which is not printed.
  return createPortal(
    <div className="paper" aria-hidden="true">
      <p className="paper-title">{text.title}</p>
      <dl>
        <dt>{text.server}</dt>
        <dd>{location.origin}</dd>
        <dt>{text.account}</dt>
        <dd>{account}</dd>
        <dt>{text.made}</dt>
        <dd>{day(isoTime(systemClock()))}</dd>
      </dl>
      <ol>
        {placed(words).map(({ place, word }) => (
          <li key={place}>{word}</li>
        ))}
      </ol>
      <p>{text.how}</p>
    </div>,
    document.body,
  );
}
