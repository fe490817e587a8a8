/** A run as the server gives it, for what only reads one; a test says what it differs in. */
import { ImportRun } from '@vivim/contract/imports';

type Report = ImportRun['report'];

export const noOutcomes = { added: 0, updated: 0, unchanged: 0, skipped: 0, degraded: 0 };

export function importRun(over: Partial<Omit<ImportRun, 'report'>> = {}, report: Partial<Report> = {}): ImportRun {
  return ImportRun.parse({
    id: '01999999-0000-7000-8000-000000000001',
    state: 'done',
    fileName: 'export.zip',
    fileBytes: 10,
    fileSha256: null,
    detected: { source: 'chatgpt', confidence: 1, why: 'mapping' },
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    progress: { bytesRead: 10, bytesTotal: 10, conversations: 3, messages: 9, bytesPerSecond: 1, remainingSeconds: 0 },
    error: null,
    sameFileAs: null,
    upload: null,
    erasedAt: null,
    ...over,
    report: {
      conversations: noOutcomes,
      messages: noOutcomes,
      acus: 0,
      files: { stored: 0, known: 0, unmentioned: 0, leftOut: 0 },
      kept: { memories: 0, projects: 0, documents: 0, feedback: 0 },
      secrets: { found: 0, masked: 0 },
      issues: [],
      issueCount: 0,
      ...report,
    },
  });
}
