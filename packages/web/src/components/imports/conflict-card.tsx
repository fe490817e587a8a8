/** One conversation exports disagree about: both texts side by side, what differs marked, and what is to be kept. */
import { Link } from '@tanstack/react-router';
import { type Conflict, type VersionRule, versionRules } from '@vivim/contract/conflicts';
import { useState } from 'react';
import { strings } from '../../strings.ts';
import { type Differing, differing } from './differing.ts';

const words = strings.import.conflicts;

/** Of what both say alike, so much around what differs. Characters. */
const around = 240;

const endOf = (text: string): string => (text.length > around ? `…${text.slice(-around).toWellFormed()}` : text);
const startOf = (text: string): string => (text.length > around ? `${text.slice(0, around).toWellFormed()}…` : text);

function Text({ label, text: { before, own, after }, whole }: { label: string; text: Differing; whole: boolean }) {
  return (
    <div className="telling">
      <h3>{label}</h3>
      <p className="telling-text" dir="auto">
        {whole ? before : endOf(before)}
        {own !== '' && <mark>{own}</mark>}
        {whole ? after : startOf(after)}
      </p>
    </div>
  );
}

function Sides({ message }: { message: Conflict['messages'][number] }) {
  const [whole, setWhole] = useState(false);
  const [newest, older] = differing(message.newest, message.older);
  const isCut = newest.before.length > around || newest.after.length > around;
  return (
    <div>
      <div className="tellings">
        <Text label={words.newest} text={newest} whole={whole} />
        <Text label={words.older} text={older} whole={whole} />
      </div>
      {isCut && (
        <button type="button" className="quiet" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? words.less : words.whole}
        </button>
      )}
    </div>
  );
}

interface Props {
  conflict: Conflict;
  chosen: boolean;
  busy: boolean;
  onChoose: (chosen: boolean) => void;
  onKeep: (keep: VersionRule) => void;
}

export function ConflictCard({ conflict, chosen, busy, onChoose, onKeep }: Props) {
  const { conversationId, count, rule, messages } = conflict;
  const title = conflict.title ?? strings.untitled;
  return (
    <article className="card conflict" aria-label={title}>
      <div className="run-head">
        <input
          type="checkbox"
          aria-label={words.choose(title)}
          checked={chosen}
          onChange={(event) => onChoose(event.target.checked)}
        />
        <h2>
          <Link to="/conversations/$id" params={{ id: conversationId }}>
            {title}
          </Link>
        </h2>
        <span className="note">{words.differ(count)}</span>
        {rule !== null && <span className="chip">{words.rules[rule]}</span>}
      </div>
      {messages.map((message) => (
        <Sides key={`${message.messageId} ${message.older}`} message={message} />
      ))}
      {count > messages.length && <p className="note">{words.more(count - messages.length)}</p>}
      <p className="actions">
        {versionRules.map((keep) => (
          <button
            key={keep}
            type="button"
            disabled={busy || rule === keep}
            aria-label={words.keepLabel(keep, title)}
            onClick={() => onKeep(keep)}
          >
            {words.keep[keep]}
          </button>
        ))}
      </p>
    </article>
  );
}
