/** How often what was predicted was asked. One interface for each table. */
export interface ForesightTallyTable {
  name: string;
  n: number;
}
