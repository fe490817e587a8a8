/** Text instead of a file: pasted, it goes the way of a file that was dropped. */
import { type FormEvent, useState } from 'react';
import { strings } from '../strings.ts';

const words = strings.paste;

export function PasteBox({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [text, setText] = useState('');
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    onFiles([new File([text], words.name, { type: 'text/plain' })]);
    setText('');
  };
  return (
    <details className="card">
      <summary>{words.open}</summary>
      <form className="form" onSubmit={send}>
        <label>
          {words.label}
          <textarea rows={8} value={text} onChange={(event) => setText(event.target.value)} />
          <small>{words.help}</small>
        </label>
        <button type="submit" disabled={text.trim() === ''}>
          {words.send}
        </button>
      </form>
    </details>
  );
}
