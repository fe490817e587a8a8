/** Before anything is typed: what was looked for lately, and what can be. */
import { useState } from 'react';
import { forgetSearches, recentSearches } from '../../api/recent-searches.ts';
import { useMe } from '../../hooks/use-me.ts';
import { strings } from '../../strings.ts';
import { Empty } from '../kit/empty.tsx';
import { SyntaxExamples } from './syntax-help.tsx';

interface Props {
  readonly onTry: (words: string) => void;
}

/** Whose searches they are may be known a moment after the page is there. */
export function SearchStart({ onTry }: Props) {
  const userId = useMe()?.userId ?? '';
  return <Start key={userId} userId={userId} onTry={onTry} />;
}

function Start({ userId, onTry }: Props & { readonly userId: string }) {
  const [recent, setRecent] = useState(() => recentSearches(userId));
  return (
    <div className="search-start">
      {recent.length > 0 ? (
        <section className="recent">
          <h2>{strings.search.recent}</h2>
          <ul className="chips">
            {recent.map((words) => (
              <li key={words}>
                <button type="button" className="small" onClick={() => onTry(words)}>
                  <bdi>{words}</bdi>
                </button>
              </li>
            ))}
          </ul>
          <p className="note">
            {strings.search.recentHelp}{' '}
            <button
              type="button"
              className="quiet small"
              onClick={() => {
                forgetSearches(userId);
                setRecent([]);
              }}
            >
              {strings.search.forget}
            </button>
          </p>
        </section>
      ) : (
        <Empty icon="search" title={strings.search.startTitle} text={strings.search.startText} />
      )}
      <section>
        <h2>{strings.search.tryThese}</h2>
        <SyntaxExamples onTry={onTry} />
      </section>
    </div>
  );
}
