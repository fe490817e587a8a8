/** What goes on while a conversation is printed: how far it has come, the way back, and on paper that some of it is missing. */
import type { Printing } from '../../hooks/use-printing.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { ProgressBar } from '../kit/progress-bar.tsx';

const words = strings.reader.printing;

export function PrintingNote({ printing }: { printing: Printing }) {
  const { state, whole, came, of, stop } = printing;
  if (state === 'gathering')
    return (
      <Dialog
        open
        onOpenChange={stop}
        title={words.title}
        lead={words.lead}
        actions={
          <button type="button" onClick={stop}>
            {words.stop}
          </button>
        }
      >
        <ProgressBar label={words.title} value={came} max={of} />
        <p className="meta">{words.of(came, of)}</p>
      </Dialog>
    );
  if (!whole) return null;
  return (
    <>
      {/* A browser that prints later than it says leaves the page so. */}
      <p className="note printing" role="status">
        {words.whole}{' '}
        <button type="button" className="quiet" onClick={stop}>
          {words.back}
        </button>
      </p>
      {came < of && <p className="printed-part">{words.part(came, of)}</p>}
    </>
  );
}
