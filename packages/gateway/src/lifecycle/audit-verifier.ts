/**
 * All books held against each other: audit chains, key logs, the deletion ledger, and the heads that were witnessed outside of
 * master. Reads one snapshot and changes nothing.
 */
import type { AuditFinding, AuditReport } from '@vivim/contract/admin';
import type { Clock } from '@vivim/contract/clock';
import { checkKeyLog } from '../auth/keys/key-log-check.ts';
import { verifyPastAssertion } from '../auth/passkeys/past-assertion.ts';
import type { AuditHeads } from '../keys/audit-heads.ts';
import type { ErasureLedger } from '../keys/erasure-ledger.ts';
import { checkChains } from '../master/audit-chains.ts';
import type { Master } from '../master/db.ts';
import { keyBooks } from '../master/key-books.ts';
import type { MasterReader } from '../master/reader.ts';

export interface VerifierDeps {
  readonly master: Master;
  readonly heads: AuditHeads;
  readonly ledger: ErasureLedger;
  readonly clock: Clock;
}

/** Findings a report names; the rest are counted. */
const named = 200;

async function checkErasures({ ledger }: VerifierDeps, snapshot: MasterReader): Promise<AuditFinding[]> {
  const broken = await ledger.firstBroken();
  const entries = await snapshot
    .selectFrom('audit')
    .where('chain', '=', 'operator')
    .where('event', 'in', ['account.erased', 'admin.erased'])
    .orderBy('seq')
    .select(['seq', 'ref', 'meta'])
    .execute();
  const unlisted = entries.find(({ ref, meta }) => ref === null || ledger.find(ref)?.seq !== meta.seq);
  return [
    ...(broken === null ? [] : [{ book: 'erasures', chain: 'ledger', seq: broken, problem: 'ledger' } as const]),
    ...(unlisted === undefined
      ? []
      : [{ book: 'erasures', chain: 'operator', seq: unlisted.seq, problem: 'unlisted' } as const]),
  ];
}

/** Takes time with the length of the books, and memory with the number of people. */
export async function verifyAudit(deps: VerifierDeps): Promise<AuditReport> {
  const { master, heads, ledger, clock } = deps;
  const startedAt = clock();
  // Before the snapshot: a head is noted after its entry stands, so none read here can be ahead of it.
  const witnessed = await heads.read();
  return master.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (snapshot) => {
      const chains = await checkChains(snapshot, witnessed.heads);
      const findings: AuditFinding[] = chains.findings.map((finding) => ({ book: 'audit', ...finding }));
      let [keyLogs, keyEntries] = [0, 0];
      for await (const book of keyBooks(snapshot)) {
        const finding = await checkKeyLog(book, verifyPastAssertion);
        if (finding !== null) findings.push({ book: 'keys', chain: book.userId, ...finding });
        keyLogs += 1;
        keyEntries += book.entries.length;
      }
      findings.push(...(await checkErasures(deps, snapshot)));
      const erased = new Set<string>(ledger.lines().map(({ userId }) => userId));
      const isThere = ({ chain }: { readonly chain: string }) => !erased.has(chain);
      const reported = new Set(findings.map(({ chain }) => chain));
      for (const { chain, seq } of witnessed.conflicts)
        if (!reported.has(chain)) findings.push({ book: 'audit', chain, seq, problem: 'rewritten' });
      const standing = findings.filter(isThere);
      return {
        clean: standing.length === 0,
        chains: chains.chains,
        entries: chains.entries,
        keyLogs,
        keyEntries,
        witnessed: [...witnessed.heads.values()].filter(isThere).length,
        erasures: ledger.lines().length,
        findings: standing.slice(0, named),
        findingCount: standing.length,
        ms: clock() - startedAt,
      };
    });
}
