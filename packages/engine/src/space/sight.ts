/** How a view sees one table: a condition on its rows, and columns that read otherwise. A type alone. */

export interface Sight {
  readonly where: string;
  readonly columns?: Readonly<Record<string, string>>;
}
