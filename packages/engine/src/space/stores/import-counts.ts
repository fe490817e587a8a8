/** What an import has done so far, as it is kept with the run: added up in the transaction of what it counts. */

export interface OutcomeCounts {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly degraded: number;
}

export interface FileCounts {
  readonly stored: number;
  readonly known: number;
  readonly unmentioned: number;
  readonly leftOut: number;
}

/** What came in beside conversations and was not here before. */
export interface KeptCounts {
  readonly memories: number;
  readonly projects: number;
  readonly documents: number;
  readonly feedback: number;
}

export interface ImportCounts {
  readonly conversations: OutcomeCounts;
  readonly messages: OutcomeCounts;
  readonly acus: number;
  readonly files: FileCounts;
  readonly kept: KeptCounts;
  /** Secrets found in what was added or updated; of those, masked ones are not stored. */
  readonly secrets: { readonly found: number; readonly masked: number };
  /** Bytes of conversations and files read, unpacked; and how many there are, or null while that is not known. */
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
  /** Milliseconds this import has worked, pauses between engines left out. */
  readonly workedMs: number;
}

const none: OutcomeCounts = { added: 0, updated: 0, unchanged: 0, skipped: 0, degraded: 0 };

export const noCounts: ImportCounts = {
  conversations: none,
  messages: none,
  acus: 0,
  files: { stored: 0, known: 0, unmentioned: 0, leftOut: 0 },
  kept: { memories: 0, projects: 0, documents: 0, feedback: 0 },
  secrets: { found: 0, masked: 0 },
  bytesRead: 0,
  bytesTotal: null,
  workedMs: 0,
};

export const parseCounts = (json: string): ImportCounts => ({
  ...noCounts,
  ...(JSON.parse(json) as Partial<ImportCounts>),
});

export const foundIn = (counts: OutcomeCounts): number =>
  counts.added + counts.updated + counts.unchanged + counts.skipped;
