/** Steps between the versions of a message: edits of a question, regenerated answers. */
import { number } from '../../count.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';

interface Props {
  id: string;
  siblings: readonly string[];
  show: (sibling: string) => void;
}

export function SiblingSwitch({ id, siblings, show }: Props) {
  if (siblings.length < 2) return null;
  const at = siblings.indexOf(id);
  const previous = siblings[at - 1];
  const next = siblings[at + 1];
  return (
    <fieldset className="siblings">
      <legend className="visually-hidden">{strings.reader.variants}</legend>
      <button
        type="button"
        aria-label={strings.reader.previous}
        disabled={previous === undefined}
        onClick={() => previous !== undefined && show(previous)}
      >
        <Icon name="left" />
      </button>
      <span aria-live="polite">{strings.reader.variant(number(at + 1), number(siblings.length))}</span>
      <button
        type="button"
        aria-label={strings.reader.next}
        disabled={next === undefined}
        onClick={() => next !== undefined && show(next)}
      >
        <Icon name="right" />
      </button>
    </fieldset>
  );
}
