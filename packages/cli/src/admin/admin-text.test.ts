import type { AdminUser, AuditReport } from '@vivim/contract/admin';
import type { UserId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { byteCount, quota } from '../commands/options.ts';
import { reportText, userTable, userText } from './admin-text.ts';

const user: AdminUser = {
  userId: '01935870-0000-7000-8000-000000000000' as UserId,
  createdAt: '2026-01-02T03:04:05.000Z',
  status: 'deleting',
  eraseAt: '2026-02-03T00:00:00.000Z',
  lastSeenAt: null,
  diskBytes: 1_500_000,
  quotaBytes: 34_359_738_368,
  sessions: 1,
  devices: 2,
  used: { requests: 12, engineMs: 3_456 },
  engine: { running: false, requests: 0, pendingJobs: 1 },
};
const report: AuditReport = {
  clean: true,
  chains: 2,
  entries: 10_000,
  keyLogs: 1,
  keyEntries: 3,
  witnessed: 2,
  erasures: 1,
  findings: [],
  findingCount: 0,
  ms: 526,
};

describe('accounts in words', () => {
  it('say state, size and engine', () => {
    const text = userText(user);
    expect(text).toContain('deleting, erased 2026-02-03');
    expect(text).toContain('1.5 MB of 34.4 GB');
    expect(text).toContain('stopped, 1 pending job');
    expect(text).toContain('1 session, 2 devices');
  });

  it('are a table with a head, or a sentence where there are none', () => {
    expect(userTable([user]).split('\n')).toHaveLength(2);
    expect(userTable([])).toBe('Nobody has an account here yet.');
  });
});

describe('the books in words', () => {
  it('say how much was read, how long it took, and that nothing was found', () => {
    const text = reportText(report);
    expect(text).toContain('10,000 entries of 2 audit chains, 3 entries of 1 key log, 1 erasure');
    expect(text).toContain('526 ms');
    expect(text).toContain('Nothing was changed, taken out or cut off.');
  });

  it('name the first place of each, and how many more there are', () => {
    const findings: AuditReport['findings'] = [{ book: 'audit', chain: 'operator', seq: 7, problem: 'truncated' }];
    const text = reportText({ ...report, clean: false, findings, findingCount: 3 });
    expect(text).toContain('operator  at 7: later entries were witnessed and are gone');
    expect(text).toContain('and 2 more');
  });
});

describe('a size', () => {
  it.each([
    ['500MB', 500_000_000],
    ['1.5 GB', 1_500_000_000],
    ['32GiB', 34_359_738_368],
    ['67108864', 67_108_864],
  ])('%s is %i bytes', (text, size) => {
    expect(byteCount(text)).toBe(size);
  });

  it.each(['', 'much', '5 bananas', '-1GB'])('%j is none', (text) => {
    expect(() => byteCount(text)).toThrow('such as 500MB');
  });

  it.each(['0', '500', '63MiB', '33TiB', '99999999999999999999TB'])('%j is no quota, and says what one is', (text) => {
    expect(() => quota(text)).toThrow('from 64 MiB to 32 TiB');
  });
});
