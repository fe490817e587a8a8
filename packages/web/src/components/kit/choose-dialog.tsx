/** Asks for one of many in a dialog: typing finds it, choosing it closes the dialog. Whoever opens it looks them up. */
import { Dialog } from './dialog.tsx';
import { Problem } from './problem.tsx';

interface Props<Other> {
  title: string;
  lead: string;
  /** Of the field. */
  label: string;
  typed: string;
  onType: (typed: string) => void;
  /** Undefined while they are looked up. */
  others: readonly Other[] | undefined;
  nameOf: (other: Other) => string;
  /** Said where there is none. */
  noOthers: string;
  error: Error | null;
  onChoose: (other: Other) => void;
  onClose: () => void;
}

export function ChooseDialog<Other extends { readonly id: string }>(props: Props<Other>) {
  const { title, lead, label, typed, onType, others, nameOf, noOthers, error, onChoose, onClose } = props;
  return (
    <Dialog open onOpenChange={onClose} title={title} lead={lead}>
      <label className="field">
        <span>{label}</span>
        <input type="search" value={typed} onChange={(event) => onType(event.target.value)} />
      </label>
      {error !== null && <Problem error={error} />}
      {others?.length === 0 && <p className="note">{noOthers}</p>}
      <ul className="choose-others">
        {others?.map((other) => (
          <li key={other.id}>
            <button
              type="button"
              dir="auto"
              onClick={() => {
                onClose();
                onChoose(other);
              }}
            >
              {nameOf(other)}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
