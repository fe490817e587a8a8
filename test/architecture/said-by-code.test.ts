/** Whatever an import may remark has words in the catalogue of the pages: what the engine says of it is English. */
import { errorCodes } from '@vivim/contract/errors';
import { expect, it } from 'vitest';
import { issues } from '../../packages/web/src/strings/issues.ts';
import { sourceFiles } from './source-files.ts';

it('every code of a remark is known to the pages, and no word there is for a code nobody gives', () => {
  const engine = sourceFiles().filter(({ path }) => path.startsWith('packages/engine/src/'));
  const capture = engine.filter(({ path }) => path.startsWith('packages/engine/src/capture/'));
  const given = capture.flatMap(({ text }) => [...text.matchAll(/\bcode: '([a-z_]+)'/g)].map(([, code]) => code ?? ''));
  const known = new Set<string>([...Object.keys(issues), ...errorCodes]);
  expect([...new Set(given)].filter((code) => !known.has(code))).toEqual([]);
  expect(Object.keys(issues).filter((code) => !engine.some(({ text }) => text.includes(`'${code}'`)))).toEqual([]);
});
