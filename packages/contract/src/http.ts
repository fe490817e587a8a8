/** Header names and limits both ends of the API agree on. */
export const headers = {
  idempotencyKey: 'idempotency-key',
  /** The version of the space an answer saw or made. */
  spaceVersion: 'vivim-space-version',
  traceId: 'vivim-trace-id',
  /** Gateway to engine: where this server's pages are, for links. */
  origin: 'vivim-origin',
} as const;

/** Bytes. */
export const limits = {
  jsonBody: 1024 * 1024,
  upload: 2 * 1024 ** 3,
} as const;

export const problemMediaType = 'application/problem+json';
