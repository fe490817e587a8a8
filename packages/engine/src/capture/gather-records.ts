/** One step of an import takes its entries here, reads them and prepares what will be written: until the step is full. Writes nothing. */
import type { Clock } from '@vivim/contract/clock';
import type { ConversationId } from '@vivim/contract/ids';
import type { UserSpace } from '../space/user-space.ts';
import type { ImportElement } from './import-element.ts';
import type { OpenRun } from './import-run.ts';
import { contextFor } from './plan-shape.ts';
import { prepareRecord } from './prepare-record.ts';
import type { PreparedRecord } from './prepared-record.ts';

/** One step stops taking more at the first of these. */
export interface Pace {
  readonly bytes: number;
  readonly milliseconds: number;
  readonly records: number;
}

/**
 * The bytes are what ends a step; others get their turn whenever more of the file is read. The time is for a machine that is
 * overloaded: small transactions there make each other slower (docs/adr/0037-import-speed.md).
 */
export const usualPace: Pace = { bytes: 2 * 1024 ** 2, milliseconds: 400, records: 500 };
export interface GatherDeps {
  readonly space: UserSpace;
  readonly clock: Clock;
  readonly onUnexpected: (error: unknown) => void;
  readonly pace?: Pace;
}

/** Take entries until the step is full, or the file is at its end or broken. What came before a break still counts. */
export async function gather(
  run: OpenRun,
  deps: GatherDeps,
  startedMs: number,
): Promise<{ records: PreparedRecord[]; end: { error?: unknown } | null }> {
  const records: PreparedRecord[] = [];
  const unwritten = new Map<ConversationId, string>();
  let bytes = 0;
  const { space, clock, onUnexpected, pace = usualPace } = deps;
  const most = run.careful > 0 ? 1 : pace.records;
  while (bytes < pace.bytes && records.length < most && clock() - startedMs < pace.milliseconds) {
    let element: ImportElement;
    let record: PreparedRecord;
    try {
      const next = run.carried ?? (await run.elements.next()).value;
      if (!next) return { records, end: {} };
      element = next;
      run.carried = null;
      const prepared = prepareRecord(
        space,
        { ...element, watchedKey: run.row.watchedKey, memory: run.versions },
        element.stream.context ?? contextFor(run.plan, element.stream.source),
        unwritten,
        onUnexpected,
      );
      if (prepared === null) {
        run.carried = element;
        break;
      }
      record = prepared;
    } catch (error) {
      return { records, end: { error } };
    }
    if (record.kind === 'fresh' || record.kind === 'drafted' || record.kind === 'known')
      unwritten.set(record.id, record.sha256);
    records.push(record);
    run.careful = Math.max(0, run.careful - 1);
    bytes += element.bytes?.length ?? 0;
  }
  return { records, end: null };
}
