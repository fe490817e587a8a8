import { AppError } from '@vivim/contract/errors';
import { describe, expect, it } from 'vitest';
import { newLocation } from '../../../../test/kit/spaces.ts';
import { openConnection } from '../sqlite/database.ts';
import { isStorageError } from './storage-error.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown.');
};

describe('isStorageError', () => {
  it('tells a database in trouble from values that do not fit, and from a fault in the code', () => {
    const location = newLocation();
    const path = `${location.directory}/a.db`;
    const connection = openConnection(path, location);
    connection.exec('CREATE TABLE t (n INTEGER NOT NULL)');
    expect(isStorageError(thrownBy(() => openConnection(path, newLocation())))).toBe(true);
    expect(isStorageError(new AppError('quota_exceeded'))).toBe(true);
    expect(isStorageError(thrownBy(() => connection.exec('INSERT INTO t VALUES (NULL)')))).toBe(false);
    expect(isStorageError(new TypeError('x is undefined'))).toBe(false);
    connection.close();
  });
});
