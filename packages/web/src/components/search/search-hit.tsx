/** One thing found: who said it and when, the words, why, and what stands around it without leaving the page. */
import { Link } from '@tanstack/react-router';
import type { SearchHit as Hit } from '@vivim/contract/search';
import { memo, useState } from 'react';
import { conversationName } from '../../conversation-name.ts';
import { day, dayInList } from '../../format.ts';
import { withoutEmphasis } from '../../pieces.ts';
import { strings } from '../../strings.ts';
import { Marked } from '../kit/marked.tsx';
import { Tooltip } from '../kit/tooltip.tsx';
import { AroundHit } from './around-hit.tsx';
import { WhyFound } from './why-found.tsx';

interface Props {
  hit: Hit;
  /** The first of its conversation here: the conversation is named above it. */
  leads: boolean;
  /** The words to mark. */
  words: string;
}

/** Code without the marks that set it apart from what is around it. */
const withoutFence = (text: string): string => text.replace(/^[ \t]*(?:`{3,}|~{3,})[^\n]*\n?/gm, '').trimEnd();

/** Drawn anew only when it is another: a list that is scrolled asks for each of its rows again and again. */
export const SearchHit = memo(function SearchHit({ hit, leads, words }: Props) {
  const { conversation, message, acu, branch, reasons } = hit;
  const [open, setOpen] = useState(false);
  return (
    <article className={leads ? 'hit leads' : 'hit'}>
      {leads && (
        <h2>
          <bdi>{conversationName(conversation)}</bdi>{' '}
          <small className="hit-source">{strings.sources[conversation.source]}</small>
        </h2>
      )}
      <Link
        className="hit-link"
        to="/conversations/$id"
        params={{ id: conversation.id }}
        search={{ message: message.id }}
      >
        <span className="hit-by">
          <span className={`role role-${message.role}`}>{strings.roles[message.role]}</span>{' '}
          <time {...(message.createdAt === null ? {} : { dateTime: message.createdAt })} title={day(message.createdAt)}>
            {dayInList(message.createdAt)}
          </time>
        </span>
        <span className={acu.type === 'code' ? 'hit-text code' : 'hit-text'} dir={acu.type === 'code' ? 'ltr' : 'auto'}>
          <Marked text={acu.type === 'code' ? withoutFence(acu.text) : withoutEmphasis(acu.text)} query={words} />
        </span>
      </Link>
      <div className="hit-foot">
        <WhyFound reasons={reasons} />
        {branch === 'other' && (
          <Tooltip text={strings.search.otherBranchHelp}>
            <button type="button" className="hit-branch">
              {strings.search.otherBranch}
            </button>
          </Tooltip>
        )}
        <span className="hit-acts">
          <button type="button" className="quiet small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? strings.search.aroundClose : strings.search.around}
          </button>
          <Link className="button quiet small" to="/search" search={{ like: message.id }}>
            {strings.search.similar}
          </Link>
        </span>
      </div>
      {open && <AroundHit id={message.id} words={words} />}
    </article>
  );
});
