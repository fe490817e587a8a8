/** Takes ways of writing out of a topic or an entity. */
import { useState } from 'react';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { type Subject, useCorrect } from './use-correct.ts';

const words = strings.corrections;

interface Props {
  subject: Subject;
  parts: readonly string[];
  onClose: () => void;
}

export function SplitSubject({ subject, parts, onClose }: Props) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const correct = useCorrect();
  const done = strings.subjects.done.split(chosen.join(', '));
  return (
    <Dialog open onOpenChange={onClose} title={strings.subjects.splitTitle(subject.name)} lead={words.splitLead}>
      <form
        className="subject-form"
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          void correct(subject, { action: 'split', parts: [...chosen] }, done);
        }}
      >
        {parts.map((part) => (
          <label key={part} className="subject-part">
            <input
              type="checkbox"
              checked={chosen.includes(part)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, part] : chosen.filter((one) => one !== part))
              }
            />
            <span dir="auto">{part}</span>
          </label>
        ))}
        <button
          type="submit"
          className="primary button"
          disabled={chosen.length === 0 || chosen.length === parts.length}
        >
          {words.splitAction}
        </button>
      </form>
    </Dialog>
  );
}
