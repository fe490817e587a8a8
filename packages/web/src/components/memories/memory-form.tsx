/** States something to be remembered. */
import { useQueryClient } from '@tanstack/react-query';
import { uuidv7 } from '@vivim/contract/random';
import { api } from '../../api/client.ts';
import { refreshMemories } from '../../api/memory-queries.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { say, sayProblem } from '../kit/toast-queue.ts';
import { MemoryEditor } from './memory-editor.tsx';

const words = strings.memories;

export function MemoryForm({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const client = useQueryClient();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={words.add} lead={words.addLead}>
      <MemoryEditor
        draft={{ text: '', kind: 'fact', name: null, scopes: [] }}
        action={words.addAction}
        onCancel={() => onOpenChange(false)}
        onSave={async (draft) => {
          try {
            await api.createMemory({ body: draft, idempotencyKey: uuidv7() });
          } catch (error) {
            sayProblem(error);
            return;
          }
          onOpenChange(false);
          say(words.done.remembered);
          await refreshMemories(client);
        }}
      />
    </Dialog>
  );
}
