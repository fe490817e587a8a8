import { AppError, errorCodes, errorStatus } from '@vivim/contract/errors';
import { describe, expect, it } from 'vitest';
import { CliError } from '../cli-error.ts';
import { exitCodeHelp, exitCodeOf, exitCodeOfImportError, exitCodes } from './exit-code.ts';

describe('exit codes', () => {
  it.each(errorCodes)('%s never ends as success', (code) => {
    expect(exitCodeOf(new AppError(code))).toBeGreaterThan(0);
  });

  it('follow the status of the answer where it says enough', () => {
    const byStatus = { 401: 3, 403: 3, 404: 4, 409: 5, 429: 8, 500: 1, 503: 7, 504: 7, 507: 8 } as const;
    for (const code of errorCodes) {
      const expected = Object.entries(byStatus).find(([status]) => Number(status) === errorStatus[code])?.[1];
      if (expected !== undefined) expect([code, exitCodeOf(new AppError(code))]).toEqual([code, expected]);
    }
  });

  it('tell local failures apart', () => {
    expect(exitCodeOf(new CliError('unreachable', ''))).toBe(7);
    expect(exitCodeOf(new CliError('no_profile', ''))).toBe(3);
    expect(exitCodeOf(new Error('surprise'))).toBe(1);
  });

  it('take an import error of a newer server for bad input', () => {
    expect(exitCodeOfImportError('import_hologram_invalid')).toBe(6);
    expect(exitCodeOfImportError('quota_exceeded')).toBe(8);
    expect(exitCodeOfImportError('toString')).toBe(6);
  });

  it('are all explained in the help', () => {
    for (const code of Object.values(exitCodes)) expect(exitCodeHelp).toMatch(new RegExp(`^ {2}${code} {2}`, 'm'));
  });
});
