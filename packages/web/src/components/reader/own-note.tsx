/** A note of the person's own, beside what it is about, and the dialog it is written in. */
import { noteLength } from '@vivim/contract/annotation';
import { useState } from 'react';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { RichMarkdown } from './rich-markdown.tsx';

const words = strings.reader;

export function OwnNote({ text, onEdit, gone = false }: { text: string; onEdit: (() => void) | null; gone?: boolean }) {
  return (
    <aside className="own-note" aria-label={words.noteTitle}>
      <header>
        <b>{gone ? words.noteOfGone : words.noteTitle}</b>
        {onEdit !== null && (
          <button type="button" className="quiet" aria-label={words.editNote} onClick={onEdit}>
            {words.edit}
          </button>
        )}
      </header>
      <RichMarkdown text={text} />
    </aside>
  );
}

interface Props {
  /** As it stands. */
  text: string;
  onClose: () => void;
  /** An empty text takes the note away. */
  onSave: (text: string) => void;
}

/** Mounted while it is open: it begins with what the note says. */
export function NoteDialog({ text, onClose, onSave }: Props) {
  const [written, setWritten] = useState(text);
  const save = (said: string): void => {
    onClose();
    if (said.trim() !== text) onSave(said);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={words.noteTitle}
      lead={words.noteHelp}
      actions={
        <>
          {text !== '' && (
            <button type="button" className="quiet" onClick={() => save('')}>
              {words.noteRemove}
            </button>
          )}
          <button type="button" className="primary" onClick={() => save(written)}>
            {words.noteSave}
          </button>
        </>
      }
    >
      <textarea
        className="note-field"
        aria-label={words.noteLabel}
        rows={8}
        maxLength={noteLength}
        value={written}
        dir="auto"
        onChange={(event) => setWritten(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save(written);
        }}
      />
    </Dialog>
  );
}
