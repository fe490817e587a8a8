/** Gives a topic or an entity another name. */
import { useEffect, useRef, useState } from 'react';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { type Subject, useCorrect } from './use-correct.ts';

const words = strings.subjects;
const longest = 120;

export function RenameSubject({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const [text, setText] = useState(subject.name);
  const correct = useCorrect();
  const field = useRef<HTMLInputElement>(null);
  // Once the dialog has put the focus where it always does.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const name = text.trim();
  const same = name === '' || name === subject.name;
  return (
    <Dialog open onOpenChange={onClose} title={words.renameTitle} lead={words.renameLead}>
      <form
        className="subject-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (same) return;
          onClose();
          void correct(subject, { action: 'rename', name }, words.done.rename(name));
        }}
      >
        <label className="field">
          <span>{words.name}</span>
          <input
            ref={field}
            maxLength={longest}
            value={text}
            dir="auto"
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <button type="submit" className="primary button" disabled={same}>
          {words.save}
        </button>
      </form>
    </Dialog>
  );
}
