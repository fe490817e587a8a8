/** Brings in one record that came by itself and not in a file: at once, and the way every import goes. */
import type { Clock } from '@vivim/contract/clock';
import type { Source } from '@vivim/contract/conversation';
import { AppError } from '@vivim/contract/errors';
import type { Saved } from '@vivim/contract/saved';
import type { UserSpace, Verb } from '../space/user-space.ts';
import { noContext } from './canonical.ts';
import { putRecords } from './import-writer.ts';
import { prepareRecord } from './prepare-record.ts';

export interface SaveDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  readonly onUnexpected: (error: unknown) => void;
}

/**
 * @param record in the shape of its source
 * @param path what it is called in a report
 * @throws AppError `request_invalid` where nothing of it can come in: it is no conversation, or its owner erased it
 */
export function saveRecord(
  { space, clock, onUnexpected }: SaveDeps,
  { source, record, path }: { readonly source: Source; readonly record: object; readonly path: string },
  verb: Verb,
): Saved {
  const bytes = Buffer.from(JSON.stringify(record));
  const entry = {
    ix: 0,
    bytes,
    refused: null,
    end: bytes.length,
    twin: 0,
    stream: { source, path },
    after: { stream: 0, element: 1 },
    bytesRead: bytes.length,
  };
  const prepared = prepareRecord(space, entry, noContext, new Map(), onUnexpected);
  if (prepared === null) throw new Error('A record that waits for nothing was told to wait.');
  if (prepared.kind === 'skipped' || prepared.kind === 'beside')
    throw new AppError('request_invalid', prepared.issues[0]?.detail ?? 'Nothing of it can be read.');
  const nowMs = clock();
  const { id } = prepared;
  return space.apply<Saved>(verb, 201, (w) => {
    const before = w.conversations.stored(id)?.contentHash ?? null;
    const run = w.dayRuns.of('saved', source, nowMs);
    const counts = putRecords(w, run.pk, [prepared], run.counts, nowMs, 'day');
    w.dayRuns.count(run.pk, counts, bytes.length, nowMs);
    const after = w.conversations.stored(id)?.contentHash ?? null;
    const outcome = before === null ? 'added' : before === after ? 'unchanged' : 'updated';
    const { externalId, title } = prepared;
    const issues = prepared.issues.map((issue) => ({ ...issue, path: issue.path || path, externalId, title }));
    return { conversationId: id, outcome, importId: run.id, issues };
  });
}
