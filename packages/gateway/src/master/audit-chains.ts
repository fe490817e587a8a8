/**
 * The audit chains read back and checked: every number, every hash, every end that was witnessed. A page of entries at a time,
 * in one snapshot, so that a chain of any length takes the same memory. Changes nothing.
 */
import { createHash } from 'node:crypto';
import type { AuditProblem } from '@vivim/contract/admin';
import { sql } from 'kysely';
import { auditText } from './audit.ts';
import type { MasterReader } from './reader.ts';
import { printedJson } from './stored-json.ts';

export interface ChainFinding {
  readonly chain: string;
  readonly seq: number;
  readonly problem: AuditProblem;
}

export interface ChainsChecked {
  readonly chains: number;
  readonly entries: number;
  /** The first of each chain. */
  readonly findings: readonly ChainFinding[];
}

interface EntryRow {
  readonly chain: string;
  readonly seq: number;
  readonly prev: Uint8Array;
  readonly hash: Uint8Array;
  readonly event: string;
  readonly actor: string;
  readonly ref: string | null;
  readonly meta: string;
  readonly at: Date;
  /** Entries are written to the millisecond; whatever is finer was not written by us. */
  readonly whole: boolean;
  readonly known: boolean;
}

const pageSize = 2_000;

const nextPage = (after: Pick<EntryRow, 'chain' | 'seq'>) => sql<EntryRow>`
  with page as (
    select * from audit where (chain, seq) > (${after.chain}, ${after.seq}::bigint) order by chain, seq limit ${pageSize}
  ), people as (
    select user_id::text as chain from users where user_id = any(
      select distinct chain::uuid from page where chain ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')
    union all select 'operator'
  )
  select chain, seq, prev, hash, event, actor, ref, meta::text as meta, at, at = date_trunc('milliseconds', at) as whole,
    people.chain is not null as known
  from page left join people using (chain) order by chain, seq`;

const place = (seq: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(seq));
  return bytes;
};

const isEqual = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;

/** One chain on its way past; remembers where it is, and its first broken link. */
class ChainCheck {
  readonly chain: string;
  readonly #head: { readonly seq: number; readonly hash: string } | undefined;
  #seq = 0;
  #prev: Uint8Array = new Uint8Array();
  #found: ChainFinding | null = null;

  constructor(chain: string, head: { readonly seq: number; readonly hash: string } | undefined) {
    this.chain = chain;
    this.#head = head;
  }

  take(row: EntryRow): void {
    const problem = this.#found === null ? this.#problemOf(row) : null;
    if (problem !== null)
      this.#found = { chain: this.chain, seq: problem === 'missing' ? this.#seq + 1 : row.seq, problem };
    this.#seq = row.seq;
    this.#prev = row.hash;
  }

  end(): ChainFinding | null {
    const head = this.#head;
    if (this.#found !== null || head === undefined || head.seq <= this.#seq) return this.#found;
    return { chain: this.chain, seq: this.#seq + 1, problem: 'truncated' };
  }

  #problemOf(row: EntryRow): AuditProblem | null {
    if (!row.known) return 'orphan';
    if (row.seq !== this.#seq + 1) return 'missing';
    if (!isEqual(row.prev, this.#prev)) return 'prev';
    if (!row.whole || !isEqual(row.hash, this.#hashOf(row))) return 'changed';
    const head = this.#head;
    const other = head?.seq === row.seq && head.hash !== Buffer.from(row.hash).toString('base64url');
    return other ? 'rewritten' : null;
  }

  #hashOf({ prev, seq, event, actor, ref, meta, at }: EntryRow): Uint8Array {
    const parsed = JSON.parse(meta) as object;
    // Another spelling of the same value was not written by us either.
    if (printedJson(parsed) !== meta) return new Uint8Array();
    const text = auditText({ event, actor, ref, meta: parsed, at });
    return createHash('sha256').update(prev).update(place(seq)).update(text).digest();
  }
}

/**
 * @param snapshot a transaction that sees one state throughout; the heads were read before it began
 * @param heads where chains were witnessed to end, apart from those of people who were erased
 */
export async function checkChains(
  snapshot: MasterReader,
  heads: ReadonlyMap<string, { readonly seq: number; readonly hash: string }>,
): Promise<ChainsChecked> {
  const findings: ChainFinding[] = [];
  const unseen = new Set(heads.keys());
  let [chains, entries] = [0, 0];
  let check: ChainCheck | null = null;
  const endChain = () => {
    const found = check?.end() ?? null;
    if (found !== null) findings.push(found);
  };
  for (let after = { chain: '', seq: 0 }; ; ) {
    const { rows } = await nextPage(after).execute(snapshot);
    for (const row of rows) {
      if (check?.chain !== row.chain) {
        endChain();
        unseen.delete(row.chain);
        check = new ChainCheck(row.chain, heads.get(row.chain));
        chains += 1;
      }
      check.take(row);
      after = { chain: row.chain, seq: row.seq };
    }
    entries += rows.length;
    if (rows.length < pageSize) break;
  }
  endChain();
  for (const chain of unseen) findings.push({ chain, seq: 1, problem: 'gone' });
  return { chains, entries, findings };
}
