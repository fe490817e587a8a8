/** What may be typed beyond words, each as an example one can press. */
import { useState } from 'react';
import { strings } from '../../strings.ts';
import { Popover } from '../kit/popover.tsx';

export function SyntaxHelp({ onTry }: { onTry: (words: string) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={strings.search.help}
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="quiet icon-button" aria-label={strings.search.help}>
          ?
        </button>
      }
    >
      <div className="syntax-help">
        <p>{strings.search.helpLead}</p>
        <SyntaxExamples
          onTry={(words) => {
            setOpen(false);
            onTry(words);
          }}
        />
      </div>
    </Popover>
  );
}

export function SyntaxExamples({ onTry }: { onTry: (words: string) => void }) {
  return (
    <ul className="syntax-examples">
      {strings.search.examples.map(([words, meaning]) => (
        <li key={words}>
          <button type="button" onClick={() => onTry(words)}>
            <code>{words}</code>
            <span>{meaning}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
