/** An act that cannot be undone is asked about once more, with what it means. What can be undone is done: see toast-queue.ts. */
import { type ReactNode, useState } from 'react';
import { strings } from '../../strings.ts';
import { Dialog } from './dialog.tsx';

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
  return (
    <>
      <button
        type="button"
        className={quiet ? 'quiet' : ''}
        disabled={disabled || busy}
        {...(name === undefined ? {} : { 'aria-label': name })}
        onClick={() => setAsking(true)}
      >
        {label}
      </button>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        alert
        title={name ?? label}
        lead={warning}
        actions={
          <>
            <button type="button" onClick={() => setAsking(false)}>
              {cancel}
            </button>
            <button
              type="button"
              className="danger"
              onClick={() => {
                setAsking(false);
                onConfirm();
              }}
            >
              {confirm}
            </button>
          </>
        }
      />
    </>
  );
}
