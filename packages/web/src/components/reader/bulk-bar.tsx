/** What is done with all conversations that are selected; all of it but erasing has a way back. */
import { useQueryClient } from '@tanstack/react-query';
import type { ConversationSummary } from '@vivim/contract/conversation';
import { useState } from 'react';
import { annotate, keepOut } from '../../api/annotate.ts';
import { strings } from '../../strings.ts';
import { say } from '../kit/toast-queue.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { TagField } from './tag-field.tsx';

const words = strings.conversations;
/** Named in one wish. */
const erasedAtOnce = 500;

interface Props {
  chosen: readonly ConversationSummary[];
  /** Null: all are. */
  onAll: (() => void) | null;
  onClear: () => void;
}

export function BulkBar({ chosen, onAll, onClear }: Props) {
  const client = useQueryClient();
  const [erasing, setErasing] = useState(false);
  const n = chosen.length;
  const allArchived = chosen.every(({ archivedAt }) => archivedAt !== null);
  const then = (work: Promise<boolean>): void => {
    onClear();
    void work;
  };
  return (
    <div className="bulk-bar" role="toolbar" aria-label={words.bulk}>
      <b aria-live="polite">{words.selected(n)}</b>
      <button
        type="button"
        onClick={() =>
          then(
            annotate(
              client,
              chosen.map(({ id }) => ({ kind: 'archive', of: id, on: !allArchived })),
              allArchived ? words.said.unarchived(n) : words.said.archived(n),
            ),
          )
        }
      >
        {allArchived ? words.unarchive : words.archive}
      </button>
      <TagField
        label={words.tagAll}
        onTag={(tag) =>
          then(
            annotate(
              client,
              chosen.map(({ id }) => ({ kind: 'tag', of: id, tag, on: true })),
              words.said.tagged(n, tag),
            ),
          )
        }
      />
      <button
        type="button"
        onClick={() =>
          then(
            keepOut(
              client,
              'conversation',
              chosen.map(({ id }) => id),
              words.said.keptOut(n),
            ),
          )
        }
      >
        {words.keepOut}
      </button>
      <button type="button" className="quiet danger-text" disabled={n > erasedAtOnce} onClick={() => setErasing(true)}>
        {words.erase}
      </button>
      <span className="bulk-end">
        {onAll !== null && (
          <button type="button" className="quiet" onClick={onAll}>
            {words.selectAll}
          </button>
        )}
        <button type="button" className="quiet" onClick={onClear}>
          {words.clearSelection}
        </button>
      </span>
      {erasing && (
        <EraseDialog
          kind="conversation"
          ids={chosen.map(({ id }) => id)}
          title={words.eraseTitle(n)}
          warning={(gone) => words.eraseWarning(gone.conversations, gone.messages, gone.acus)}
          onClose={() => setErasing(false)}
          onErased={() => {
            say(words.said.erased(n));
            onClear();
          }}
        />
      )}
    </div>
  );
}
