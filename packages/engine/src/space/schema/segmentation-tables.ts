/** Ids units had, and what tells that two units say nearly the same. One interface for each table. */

export interface FormerAcuTable {
  id: string;
  acu_pk: number;
}

export interface AcuBandTable {
  key: number;
  acu_pk: number;
}
