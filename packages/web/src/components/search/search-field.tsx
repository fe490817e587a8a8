/** The field one types into. What is typed stays here until it rests, so that a key press draws nothing but the field. */
import { useRef } from 'react';
import { useTypedQuery } from '../../hooks/use-typed-query.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { SyntaxHelp } from './syntax-help.tsx';

interface Props {
  q: string;
  /** Must be stable. */
  onWords: (words: string) => void;
  /** The way down to the results. */
  onDown: () => void;
}

export const searchFieldId = 'search-words';

export function SearchField({ q, onWords, onDown }: Props) {
  const [typed, setTyped] = useTypedQuery(q, onWords);
  const field = useRef<HTMLInputElement>(null);
  const set = (words: string): void => {
    setTyped(words);
    field.current?.focus();
  };
  return (
    <div className="search-field">
      <Icon name="search" />
      <input
        ref={field}
        id={searchFieldId}
        type="search"
        aria-label={strings.search.label}
        placeholder={strings.search.placeholder}
        maxLength={4_000}
        autoComplete="off"
        enterKeyHint="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onDown();
        }}
      />
      {typed !== '' && (
        <button type="button" className="quiet icon-button" aria-label={strings.search.clear} onClick={() => set('')}>
          <Icon name="close" />
        </button>
      )}
      <SyntaxHelp onTry={set} />
    </div>
  );
}
