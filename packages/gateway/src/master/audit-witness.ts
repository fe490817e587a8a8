/** Who is told where a chain ends, outside of master. A type, so that master knows no file. */

export interface AuditWitness {
  /** Never rejects: a witness that cannot write says so to the operator, and nobody is kept from signing in. */
  note(head: { readonly chain: string; readonly seq: number; readonly hash: Uint8Array }): Promise<void>;
}

/** For tests and tools that keep no books. */
export const noWitness: AuditWitness = { note: async () => {} };
