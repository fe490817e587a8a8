/** What the fleet writes to the operator's log: an event and a few plain fields, never content, a key or a path. */
export interface FleetLog {
  info(fields: Readonly<Record<string, unknown>>, event: string): void;
  warn(fields: Readonly<Record<string, unknown>>, event: string): void;
  error(fields: Readonly<Record<string, unknown>>, event: string): void;
}
