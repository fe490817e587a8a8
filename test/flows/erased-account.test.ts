/** An account that was erased on a whole server: no file of it, master's included, says any more that this person was there. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AuditReport } from '@vivim/contract/admin';
import { afterAll, expect, it } from 'vitest';
import { atTerminal } from '../kit/operator.ts';
import { signUp } from '../kit/people.ts';
import { startTestServer, type TestServer } from '../kit/server.ts';

const env = { VIVIM_MODELS: 'off' };
let server: TestServer;
afterAll(() => server?.stop());

/** Files that hold a text, below the data directory. */
const holding = (text: string): string[] =>
  readdirSync(server.dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => {
      const path = join(server.dataDir, name);
      return statSync(path, { throwIfNoEntry: false })?.isFile() === true && readFileSync(path).includes(text);
    })
    .sort();
const inMaster = (name: string) => name.startsWith('master/');

it('leaves the DID nowhere, and the user id in the ledger and its copy', { timeout: 120_000 }, async () => {
  server = await startTestServer({ env });
  const [alice, bob] = [await signUp(server.url), await signUp(server.url)];
  const didOf = async ({ client }: typeof alice) => (await client.getMe({})).dids[0] ?? '';
  const [did, bobs] = [await didOf(alice), await didOf(bob)];
  // What looks for them finds them while they are there.
  expect(holding(did).filter(inMaster).length).toBeGreaterThan(0);
  expect(holding(alice.userId)).toContain('keys/audit-heads.jsonl');
  const { code } = await atTerminal(server.dataDir, ['admin', 'erase', alice.userId, '--confirm', alice.userId]);
  expect(code).toBe(0);
  expect(holding(did)).toEqual([]);
  expect(holding(alice.userId).filter((name) => !inMaster(name))).toEqual([
    // The ledger, and its copy for a server that has nothing left.
    'backups/erased.jsonl',
    'keys/erased.jsonl',
  ]);
  // Bob is who he was, and the books are whole.
  expect(await didOf(bob)).toBe(bobs);
  expect(holding(bobs).length).toBeGreaterThan(0);
  const { stdout } = await atTerminal(server.dataDir, ['audit', 'verify', '--json']);
  expect(AuditReport.parse(JSON.parse(stdout)).findings).toEqual([]);
});
