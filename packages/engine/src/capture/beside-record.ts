/**
 * From one entry of what stands beside conversations to what its transaction will write. It is no conversation: where it is left
 * out, none is counted. Reads the space, writes nothing.
 */
import { isUtf8 } from 'node:buffer';
import type { Source } from '@vivim/contract/conversation';
import { erasedByYou } from '../space/stores/import-shape.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { CanonicalIssue, SourceContext } from './canonical.ts';
import { elementLimits } from './json-elements.ts';
import { readSidecar } from './kept-record.ts';
import type { BesideRecord, RecordEntry } from './prepared-record.ts';
import { secretsNote } from './secrets/secrets-note.ts';
import { isRecord } from './sources/json-value.ts';
import { moduleOf } from './sources/registry.ts';

const reasons = {
  erased: ['note', erasedByYou, 'Erased by you. See vivim erase list for how to let it in again.'],
  nothing: ['note', 'record_not_kept', 'The record says nothing that is kept.'],
  unreadable: ['skipped', 'record_not_kept', 'The record is no JSON that can be read.'],
  too_large: [
    'skipped',
    'record_too_large',
    `The record is larger than ${elementLimits.elementBytes / 1024 ** 2} MiB, the limit of one.`,
  ],
  too_deep: [
    'skipped',
    'record_too_deep',
    `The record is nested deeper than ${elementLimits.depth} levels, the limit.`,
  ],
  broken_off: ['skipped', 'record_broken_off', 'The file can be read no further.'],
} as const;

const leftOut = (memories: number): CanonicalIssue => ({
  severity: 'note',
  code: erasedByYou,
  path: '',
  detail: `${memories === 1 ? 'One memory was' : `${memories} memories were`} erased by you and left out. See vivim erase list for how to let it in again.`,
});

const replaced: CanonicalIssue = {
  severity: 'degraded',
  code: 'letters_replaced',
  path: '',
  detail:
    'Bytes that are no UTF-8 were replaced by \ufffd. If the file was saved in another encoding, save it as UTF-8 and import it again.',
};

/** What its source says of records of its kind, which it leaves out. */
function whyLeft(source: Source, bytes: Buffer): string | null {
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  const rule = isRecord(value) ? moduleOf(source).sidecars?.find((one) => one.fits(value)) : undefined;
  return rule?.read === undefined ? (rule?.why ?? null) : null;
}

/** @throws what the database threw, and what no record should bring about */
export function readBeside(
  space: UserSpace,
  { after, bytesRead, stream, ix, bytes, refused, broken }: RecordEntry,
  { accountHash }: SourceContext,
  archivedMs: number | null,
): BesideRecord {
  const path = `${stream.path}#${ix}`;
  const known = { kind: 'beside', after, bytesRead, path, externalId: null, title: null } as const;
  const without = (why: keyof typeof reasons): BesideRecord => {
    const [severity, code, said] = reasons[why];
    const detail = broken ?? said;
    return { ...known, input: null, issues: [{ severity, code, path: '', detail }] };
  };
  if (bytes === null) return without(refused ?? 'too_large');
  try {
    const reading = space.read((r) => {
      const masks = r.secrets.rule() === 'mask';
      const hides = (secret: string): boolean => masks && r.secrets.decisionOf(secret) === null;
      return readSidecar(bytes, { source: stream.source, accountHash, archivedMs }, r.erasures.marks(), hides);
    });
    const why = reading.outcome === 'nothing' ? whyLeft(stream.source, bytes) : null;
    if (why !== null)
      return {
        ...known,
        input: null,
        issues: [{ severity: 'note', code: 'kind_not_imported', path: '', detail: why }],
      };
    if (reading.outcome !== 'kept') return without(reading.outcome);
    const { input, without: erased } = reading;
    const note = secretsNote({ places: input.secrets, masked: input.masked });
    const issues = [erased === 0 ? null : leftOut(erased), isUtf8(bytes) ? null : replaced, note];
    return { ...known, input, issues: issues.filter((issue) => issue !== null) };
  } catch (error) {
    if (error instanceof SyntaxError) return without('unreadable');
    throw error;
  }
}
