/**
 * A process that works on the imports of a space until none is left, and may be killed at any point. Its arguments: the
 * space's location as JSON. Time stands still in it, so that what it writes does not depend on when.
 */
import { ImportTask } from '@vivim/engine/capture/import';
import { redactConversation } from '@vivim/engine/erasure/redact-conversation';
import { SpaceEvents } from '@vivim/engine/events';
import { Spool } from '@vivim/engine/space/spool';
import { openUserSpace } from '@vivim/engine/space/user-space';

const clock = () => 1_700_000_000_000;
const space = openUserSpace(JSON.parse(process.argv[2] ?? ''), clock);
const task = new ImportTask({
  space,
  spool: new Spool(space.location),
  events: new SpaceEvents(),
  clock,
  withholdIn: (w, pk, marks, nowMs) => redactConversation(w, pk, marks, nowMs).changed,
  onUnexpected: (error) => {
    throw error;
  },
  pace: { bytes: 1024 ** 2, milliseconds: 1, records: 25 },
  // However small the file is: a life that is ended has a thread to lose.
  draftFrom: 0,
});
await task.recover();
process.stdout.write('working\n');
const never = new AbortController().signal;
while (task.pending() > 0) {
  await task.step(never);
  const run = space.read((r) => r.imports.page({ limit: 1 })).items[0];
  process.stdout.write(`${run?.progress.conversations}\n`);
}
await task.close();
space.close();
