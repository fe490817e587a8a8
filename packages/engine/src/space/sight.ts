/** How a view sees one table. A type alone. */

/** How one table is seen: a condition on its rows, and columns that read otherwise. */
export interface Sight {
  readonly where: string;
  readonly columns?: Readonly<Record<string, string>>;
}
