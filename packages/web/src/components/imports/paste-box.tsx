/** Text instead of a file: pasted as a conversation it goes the way of a file; as a note it is saved at once. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { uuidv7 } from '@vivim/contract/random';
import { type FormEvent, useState } from 'react';
import { api } from '../../api/client.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

const words = strings.paste;

export function PasteBox({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const isEmpty = text.trim() === '';
  const note = useMutation({
    mutationFn: () => api.saveNote({ body: { text }, idempotencyKey: uuidv7() }),
    onSuccess: async () => {
      setText('');
      await client.invalidateQueries();
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (isEmpty) return;
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
        <p className="actions">
          <button type="submit" disabled={isEmpty}>
            {words.send}
          </button>
          <button type="button" disabled={isEmpty || note.isPending} onClick={() => note.mutate()}>
            {words.note}
          </button>
        </p>
        {note.data !== undefined && (
          <p role="status">
            <Link to="/conversations/$id" params={{ id: note.data.conversationId }}>
              {words.noteSaved}
            </Link>
          </p>
        )}
        {note.error !== null && <Problem error={note.error} />}
      </form>
    </details>
  );
}
