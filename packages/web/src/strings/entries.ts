/** Words of what became of each conversation of an import. Text alone, as in strings.ts. */

export const entries = {
  title: 'Every conversation of the file',
  show: 'Show',
  all: 'all',
  outcomes: {
    added: 'added',
    updated: 'updated',
    unchanged: 'unchanged',
    skipped: 'skipped',
    again: 'in the file again',
  },
  degraded: 'incomplete',
  none: 'None.',
  notKept: 'What became of each conversation is not kept for this import.',
  untitled: 'Untitled',
  erased: 'Erased by you since.',
  save: 'Save its raw record',
  saveOf: (size: string, place: string) => `Save its raw record (${size}): ${place}`,
  noBytes: 'No bytes are kept of it.',
  download: 'Save the report as',
  keptTitle: 'Beside the conversations',
  keptKinds: { memory: 'memory', project: 'project', document: 'document', rating: 'rating' },
  inConversation: 'Its conversation',
  formats: { markdown: 'Markdown', csv: 'CSV', json: 'JSON' },
} as const;
