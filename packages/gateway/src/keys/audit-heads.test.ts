/** The witness on a real file: what it remembers across starts, and what it does not let pass. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openAuditHeads } from './audit-heads.ts';

function newPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-heads-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'audit-heads.jsonl');
}
const nobody = () => false;

it('remembers the end of each chain, in whatever order two of them were noted', async () => {
  const path = newPath();
  const heads = await openAuditHeads(path, nobody);
  for (const seq of [1, 3, 2]) await heads.note({ chain: 'alice', seq, hash: `a${seq}` });
  await heads.note({ chain: 'bob', seq: 1, hash: 'b1' });
  const { heads: read, conflicts } = await heads.read();
  expect([...read.values()]).toEqual([
    { chain: 'alice', seq: 3, hash: 'a3' },
    { chain: 'bob', seq: 1, hash: 'b1' },
  ]);
  expect(conflicts).toEqual([]);
});

it('is brought to one line a chain by each start, without those who were erased', async () => {
  const path = newPath();
  const heads = await openAuditHeads(path, nobody);
  for (const chain of ['alice', 'bob'])
    for (const seq of [1, 2, 3]) await heads.note({ chain, seq, hash: `${chain}${seq}` });
  appendFileSync(path, '{"chain":"alice","se');
  const again = await openAuditHeads(path, (chain) => chain === 'bob');
  expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(1);
  await again.note({ chain: 'alice', seq: 4, hash: 'alice4' });
  const { heads: read, conflicts } = await again.read();
  expect([[...read.values()], conflicts]).toEqual([[{ chain: 'alice', seq: 4, hash: 'alice4' }], []]);
});

it('does not let a chain that was cut off grow over the place', async () => {
  const path = newPath();
  const heads = await openAuditHeads(path, nobody);
  for (const seq of [1, 2, 3]) await heads.note({ chain: 'alice', seq, hash: `a${seq}` });
  // Entry 3 was taken out of master, and two more came.
  await heads.note({ chain: 'alice', seq: 3, hash: 'other' });
  await heads.note({ chain: 'alice', seq: 4, hash: 'a4' });
  const cut = { chain: 'alice', seq: 3, hash: 'other' };
  expect((await heads.read()).conflicts).toEqual([cut]);
  // Not even where the lines of it were brought to one before.
  const again = await openAuditHeads(path, nobody);
  await again.note({ chain: 'alice', seq: 2, hash: 'again' });
  await again.note({ chain: 'alice', seq: 5, hash: 'a5' });
  const last = await openAuditHeads(path, nobody);
  expect((await last.read()).conflicts).toEqual([cut, { chain: 'alice', seq: 2, hash: 'again' }]);
});

it('forgets a chain at once, whatever is noted meanwhile, and keeps what it knows of the others', async () => {
  const path = newPath();
  const heads = await openAuditHeads(path, nobody);
  for (const chain of ['alice', 'bob'])
    for (const seq of [1, 2]) await heads.note({ chain, seq, hash: `${chain}${seq}` });
  await Promise.all([
    heads.note({ chain: 'bob', seq: 3, hash: 'bob3' }),
    heads.forget('alice'),
    heads.note({ chain: 'alice', seq: 3, hash: 'alice3' }),
    heads.note({ chain: 'bob', seq: 4, hash: 'bob4' }),
  ]);
  expect(readFileSync(path, 'utf8')).not.toContain('alice');
  await heads.note({ chain: 'bob', seq: 4, hash: 'other' });
  const { heads: read, conflicts } = await heads.read();
  expect([...read.values()]).toEqual([{ chain: 'bob', seq: 4, hash: 'bob4' }]);
  expect(conflicts).toEqual([{ chain: 'bob', seq: 4, hash: 'other' }]);
});
