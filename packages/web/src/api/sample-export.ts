/** A made-up person's conversations as an export in our own format, with days counted back from the day they are tried. Pure. */

const dayMs = 86_400_000;
/** Between one message and its answer. */
const turnMs = 4 * 60_000;

export interface Sample {
  readonly conversations: readonly {
    readonly externalId: string;
    readonly title: string;
    /** Counted back from the day it is tried: a sample does not grow old. */
    readonly daysAgo: number;
    readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[];
  }[];
}

/** The sample as an export in our own format (docs/guide/importing.md). @param nowMs the day from which days are counted back */
export function sampleExport({ conversations }: Sample, nowMs: number) {
  return {
    conversations: conversations.map(({ externalId, title, daysAgo, messages }, nth) => {
      // At hours people talk at, and never later than now.
      const startMs = nowMs - daysAgo * dayMs - (2 + (nth % 5)) * 3_600_000;
      const idOf = (at: number): string => `${externalId}-${at}`;
      return {
        externalId,
        title,
        createdAt: new Date(startMs).toISOString(),
        messages: messages.map((message, at) => ({
          ...message,
          externalId: idOf(at),
          ...(at === 0 ? {} : { parentId: idOf(at - 1) }),
          createdAt: new Date(startMs + at * turnMs).toISOString(),
        })),
      };
    }),
  };
}
