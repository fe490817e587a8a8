/** What the plan of an import says: streams of conversations, whose they are, what lies beside them. Plans nothing. */
import type { Source } from '@vivim/contract/conversation';
import type { RecognisedPart } from '@vivim/contract/imports';
import type { WholeExport } from '../space/stores/whole-exports.ts';
import type { CanonicalIssue, SourceContext } from './canonical.ts';
import type { ExportFile } from './files/export-file.ts';
import type { Claim, SourceFormat } from './sources/source-module.ts';

/** One file of conversations: a shard, or the whole upload. */
export interface RecordStream {
  /** Its name, for the report. */
  readonly path: string;
  readonly source: Source;
  readonly format: SourceFormat;
  /** How it was known; absent beside conversations, where those say it. */
  readonly claim?: Claim;
  /** What stands beside conversations: its records are read by the rules for those. */
  readonly beside?: { readonly archivedMs: number | null };
  /** Of an archive within the archive: what its own export says. Else it is the plan's. */
  readonly context?: SourceContext;
  /** Bytes it holds unpacked. */
  readonly bytes: number;
  /** UTF-8. */
  open(): AsyncIterable<Buffer>;
}

export interface ExportPlan {
  readonly source: Source;
  readonly confidence: number;
  readonly why: string;
  /** Each source of it, where there are several (`plan-parts.ts`). */
  readonly parts?: readonly RecognisedPart[];
  readonly context: SourceContext;
  /** Set where it holds all of an account, as it was when it was made. */
  readonly whole: WholeExport | null;
  /** The source whose account the context names: of an archive of several, the others are not that account's. */
  readonly accountOf: Source | null;
  readonly streams: readonly RecordStream[];
  /** What lies beside the conversations. */
  readonly files: readonly ExportFile[];
  /** What stands beside the conversations and is kept: read after them. */
  readonly besides: readonly RecordStream[];
  /** What was seen and is not imported. */
  readonly notes: readonly CanonicalIssue[];
}

/** What a source needs to know of the file its record stands in. */
export const contextFor = (plan: ExportPlan, source: Source): SourceContext =>
  plan.accountOf === null || plan.accountOf === source ? plan.context : { ...plan.context, accountHash: '' };
