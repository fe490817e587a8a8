/**
 * Test vectors beside the project, read in place. They come in parts, of which any may be there: whoever reads a suite
 * takes every file of it, and every case in a file, by their structure.
 */
import { readFileSync } from 'node:fs';
import { sharedFiles, sharedPath } from './shared.ts';

/**
 * Every file of a suite whose name fits, over all parts, with what it holds.
 *
 * @throws Error where the suite is there and no file of it fits: a test of nothing would pass
 */
export function vectorFiles<T>(suite: string, name: RegExp): { readonly file: string; readonly content: T }[] {
  const paths = sharedFiles('vectors')
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.split('/')[1] === suite)
    .sort();
  const fitting = paths.filter((path) => name.test(path.split('/').at(-1) ?? ''));
  if (paths.length > 0 && fitting.length === 0) throw new Error(`no vectors of ${suite} are called ${name}`);
  return fitting.map((path) => ({
    file: path,
    content: JSON.parse(readFileSync(sharedPath('vectors', path), 'utf8')) as T,
  }));
}

/** All cases of a suite's files that are lists. */
export const vectorCases = <T>(suite: string, name: RegExp): T[] =>
  vectorFiles<T[]>(suite, name).flatMap(({ content }) => content);

export const hex = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'hex'));

/** 04 x y → 02 x or 03 x, as SEC 1 compresses a point. */
export function compressed(uncompressed: Uint8Array): Uint8Array {
  const odd = (uncompressed.at(-1) ?? 0) & 1;
  return new Uint8Array([2 + odd, ...uncompressed.subarray(1, 33)]);
}

/** A case of Wycheproof with the group it stands in. */
export interface WycheproofCase<Group, Test> {
  /** `file#tcId` */
  readonly id: string;
  readonly group: Group;
  readonly test: Test & { readonly tcId: number; readonly result: 'valid' | 'invalid' | 'acceptable' };
}

export function wycheproofCases<Group, Test>(name: RegExp): WycheproofCase<Group, Test>[] {
  type Tests = WycheproofCase<Group, Test>['test'][];
  return vectorFiles<{ testGroups: (Group & { tests: Tests })[] }>('wycheproof', name).flatMap(({ file, content }) =>
    content.testGroups.flatMap((group) =>
      group.tests.map((test) => ({ id: `${file.split('/').at(-1)}#${test.tcId}`, group, test })),
    ),
  );
}
