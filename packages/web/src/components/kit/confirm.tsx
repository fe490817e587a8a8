/** An act that is asked about once more, with what it means. Focus goes to the question, and back when the answer is no. */
import { type ReactNode, useState } from 'react';
import { usePanelFocus } from '../../hooks/use-panel-focus.ts';
import { strings } from '../../strings.ts';

interface Props {
  /** On the button that asks. */
  label: string;
  /** What the button is called where its words alone would not do. */
  name?: string;
  warning: ReactNode;
  /** On the button that does it. */
  confirm: string;
  /** On the button that does not. */
  cancel?: string;
  busy?: boolean;
  quiet?: boolean;
  disabled?: boolean;
  onConfirm: () => void;
}

export function Confirm(props: Props) {
  const { label, name, warning, confirm, cancel = strings.cancel, busy, quiet, disabled, onConfirm } = props;
  const [asking, setAsking] = useState(false);
  const { trigger, panel } = usePanelFocus<HTMLElement>(asking);
  if (!asking)
    return (
      <button
        ref={trigger}
        type="button"
        className={quiet ? 'quiet' : ''}
        disabled={disabled}
        {...(name === undefined ? {} : { 'aria-label': name })}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
    );
  return (
    <section className="confirm" aria-label={name ?? label} tabIndex={-1} ref={panel}>
      <p>{warning}</p>
      <button type="button" className="danger" disabled={busy} onClick={onConfirm}>
        {confirm}
      </button>
      <button type="button" onClick={() => setAsking(false)}>
        {cancel}
      </button>
    </section>
  );
}
