/** Words of the branches that are not shown, and what code defines. One interface for each table. */
import type { WordPlaceTable, WordsTable } from './units-tables.ts';

export type BranchWordsTable = WordsTable;
export type BranchPlaceTable = WordPlaceTable;

export interface CodeSymbolTable {
  key: string;
  acu_pk: number;
  name: string;
}
