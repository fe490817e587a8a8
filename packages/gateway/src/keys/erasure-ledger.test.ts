/** The deletion ledger on a real file: what it keeps, and what it notices. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { openErasureLedger } from './erasure-ledger.ts';

function newPath(): string {
  const directory = mkdtempSync(join(tmpdir(), 'vivim-ledger-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'erased.jsonl');
}
const someone = () => ({
  receipt: Buffer.from(uuidv7()).toString('base64url').slice(0, 43),
  userId: UserId.parse(uuidv7()),
});

it('keeps a line for each, found again after a restart, and each once', async () => {
  const path = newPath();
  const ledger = await openErasureLedger(path);
  const [alice, bob, carol] = [someone(), someone(), someone()];
  expect(ledger.find(alice.receipt)).toBeNull();
  const lines = await Promise.all([alice, bob, alice].map((one) => ledger.append(one, 1_000)));
  expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 1]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const again = await openErasureLedger(path);
  expect(again.find(alice.receipt)).toEqual(lines[0]);
  expect((await again.append(alice, 5_000)).at).toBe('1970-01-01T00:00:01.000Z');
  expect(await again.append(carol, 2_000)).toMatchObject({ seq: 3, prev: lines[1]?.hash });
  expect(await again.firstBroken()).toBeNull();
  expect(readFileSync(path, 'utf8')).not.toMatch(/storage/i);
});

it('takes off a line that a crash cut short, and goes on', async () => {
  const path = newPath();
  const ledger = await openErasureLedger(path);
  await ledger.append(someone(), 0);
  appendFileSync(path, '{"seq":2,"receipt":"hal');
  const again = await openErasureLedger(path);
  expect(again.lines()).toHaveLength(1);
  expect(await again.append(someone(), 0)).toMatchObject({ seq: 2 });
  expect(await again.firstBroken()).toBeNull();
});

it('names the first line that was changed or taken out, wherever one byte was', async () => {
  const path = newPath();
  const ledger = await openErasureLedger(path);
  for (let count = 0; count < 4; count += 1) await ledger.append(someone(), count);
  const whole = readFileSync(path);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 2), fc.integer({ min: 1, max: 127 }), async (place, change) => {
      const broken = Buffer.from(whole);
      broken[place] = (broken[place] ?? 0) ^ change;
      writeFileSync(path, broken);
      expect(await ledger.firstBroken()).not.toBeNull();
    }),
    { numRuns: 200 },
  );
  const lines = whole.toString().split('\n');
  writeFileSync(path, [...lines.slice(0, 1), ...lines.slice(2)].join('\n'));
  expect(await ledger.firstBroken()).toBe(2);
  writeFileSync(path, whole);
  expect(await ledger.firstBroken()).toBeNull();
});
