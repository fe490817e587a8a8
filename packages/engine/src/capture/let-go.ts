/** Gives back what an import under way holds, in order: whatever becomes of the run, it can be opened again. Ends no run. */
import type { UserSpace } from '../space/user-space.ts';
import { parsePosition } from './import-element.ts';
import type { OpenRun } from './import-run.ts';

/** A start is counted before its file is looked at; only one that nobody came back from says something against the file. */
export async function letGo(
  { row, position, thread, file }: OpenRun,
  { space, onUnexpected }: { readonly space: UserSpace; readonly onUnexpected: (error: unknown) => void },
): Promise<void> {
  const { stream, element } = parsePosition(row.position);
  try {
    // One that moved on is counted anew already.
    if (position.stream === stream && position.element === element)
      space.write((w) => w.imports.countStart(row.pk, -1));
  } catch (error) {
    // A space without room, or a damaged one, is closed all the same.
    onUnexpected(error);
  }
  await thread?.close();
  await file.close();
}
