/** Which tables of master a dump holds, in the order they refer to each other, and which it leaves out and why. */

export interface DumpTable {
  readonly name: string;
  /** Its primary key as SQL orders by it, so that two dumps of the same rows are the same bytes wherever they are made. */
  readonly key: readonly string[];
  readonly where?: string;
}

export const dumpTables: readonly DumpTable[] = [
  { name: 'users', key: ['user_id'] },
  { name: 'devices', key: ['device_id'] },
  { name: 'identities', key: ['did collate "C"'] },
  { name: 'keys', key: ['kid collate "C"'] },
  { name: 'key_log', key: ['user_id', 'seq'] },
  { name: 'webauthn_credentials', key: ['credential_id'] },
  { name: 'routing', key: ['user_id'] },
  { name: 'audit', key: ['chain collate "C"', 'seq'] },
  { name: 'usage_days', key: ['user_id', 'day'] },
  { name: 'model_grants', key: ['user_id', 'service_h', 'purpose collate "C"'] },
  { name: 'operators', key: ['user_id'] },
  { name: 'oauth_payloads', key: ['model collate "C"', 'id_h'], where: "model = 'Client'" },
];

/** What nobody misses, or what must not come back. */
export const leftOut: Readonly<Record<string, string>> = {
  vivim_migrations: 'named in the head of the dump',
  sessions: 'a session that was ended after the dump would be alive again; people sign in anew',
  tokens: 'belong to sessions; no hash of a secret leaves the server',
  device_requests: 'wait for an hour at most, and are asked for again',
  recovery_requests: 'one that was vetoed after the dump would be waiting again',
  auth_challenges: 'live for two minutes',
  replay: 'lives for two minutes',
  rate_limits: 'counts of minutes and days',
};
