/** The arithmetic of an import's report. Pure: counts in, counts out. */
import type { ImportIssue } from '@vivim/contract/imports';
import type { Put } from '../space/stores/conversation-input.ts';
import { type ImportCounts, type KeptCounts, noCounts, type OutcomeCounts } from '../space/stores/import-counts.ts';

const plus = (counts: OutcomeCounts, more: Partial<OutcomeCounts>): OutcomeCounts => ({
  added: counts.added + (more.added ?? 0),
  updated: counts.updated + (more.updated ?? 0),
  unchanged: counts.unchanged + (more.unchanged ?? 0),
  skipped: counts.skipped + (more.skipped ?? 0),
  degraded: counts.degraded + (more.degraded ?? 0),
});

export const countSkipped = (counts: ImportCounts): ImportCounts => ({
  ...counts,
  conversations: plus(counts.conversations, { skipped: 1 }),
});

export const countKept = (counts: ImportCounts, more: Partial<KeptCounts>): ImportCounts => ({
  ...counts,
  kept: {
    memories: counts.kept.memories + (more.memories ?? 0),
    projects: counts.kept.projects + (more.projects ?? 0),
    documents: counts.kept.documents + (more.documents ?? 0),
    feedback: counts.kept.feedback + (more.feedback ?? 0),
  },
});

/**
 * Count a conversation that was put. One that stands twice in an export counts once, as the most that was made of it;
 * a message its second standing adds counts too.
 * @param degraded messages of it that came in with something missing, and whether it is degraded itself
 */
export function countPut(
  counts: ImportCounts,
  put: Put,
  degraded: { conversation: boolean; messages: number },
): ImportCounts {
  const { outcome, before, messages } = put;
  if (before === null) {
    return {
      ...counts,
      conversations: plus(counts.conversations, { [outcome]: 1, degraded: degraded.conversation ? 1 : 0 }),
      messages: plus(counts.messages, { ...messages, degraded: degraded.messages }),
    };
  }
  if (outcome === 'unchanged') return counts;
  if (before !== 'unchanged') return { ...counts, messages: plus(counts.messages, { added: messages.added }) };
  return {
    ...counts,
    conversations: plus(counts.conversations, { unchanged: -1, updated: 1 }),
    messages: plus(counts.messages, {
      added: messages.added,
      updated: messages.updated,
      unchanged: -messages.updated,
    }),
  };
}

/** Secrets a conversation brought in, and how many of them were masked. */
export const plusSecrets = (
  counts: ImportCounts['secrets'],
  { found, masked }: { readonly found: number; readonly masked: number },
): ImportCounts['secrets'] => ({ found: counts.found + found, masked: counts.masked + masked });

/** The report of a file that came in before, byte for byte: all of it is there already. */
export function countRepeated(earlier: ImportCounts): ImportCounts {
  const present = (counts: OutcomeCounts): OutcomeCounts => ({
    ...counts,
    added: 0,
    updated: 0,
    unchanged: counts.added + counts.updated + counts.unchanged,
  });
  return {
    ...earlier,
    conversations: present(earlier.conversations),
    messages: present(earlier.messages),
    acus: 0,
    files: { ...earlier.files, stored: 0, known: earlier.files.stored + earlier.files.known },
    kept: noCounts.kept,
    workedMs: 0,
  };
}

/** A conversation that stands in a file more than once counts once: where its records went would else be told in the list alone. */
export const standsAgain = ({ fileName }: { readonly fileName: string }, again: number): ImportIssue[] =>
  again === 0
    ? []
    : [
        {
          severity: 'note',
          code: 'conversations_again',
          path: fileName,
          externalId: null,
          title: null,
          detail: `${again === 1 ? 'One record' : `${again} records`} of the file ${again === 1 ? 'is' : 'are'} of a conversation that stands in it already, by its id; each such conversation counts once, with what all its records hold. They are listed as "again".`,
        },
      ];

/** What a later export of the account lacks is told once, when it is first found gone. */
export const goneAtSource = ({ fileName }: { readonly fileName: string }, gone: number): ImportIssue => ({
  severity: 'note',
  code: 'deleted_in_source',
  path: fileName,
  externalId: null,
  title: null,
  detail: `${gone === 1 ? 'One conversation' : `${gone} conversations`} that came in before ${gone === 1 ? 'is' : 'are'} no longer in your account's newest export; ${gone === 1 ? 'it is' : 'they are'} kept here, and marked.`,
});

/** Why nothing is told gone between two exports of an account. */
export const ofOneTime = ({ fileName }: { readonly fileName: string }): ImportIssue => ({
  severity: 'note',
  code: 'exports_of_one_time',
  path: fileName,
  externalId: null,
  title: null,
  detail:
    'Another export of this account was made within two seconds of this one, and times in an archive are no finer: which of the two is newer cannot be told, so what only one of them holds is not marked as gone.',
});
