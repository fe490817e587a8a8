/**
 * What a person sees of an answer, with everything taken out that differs between two runs of the same person alone. What is
 * taken out stands here by name, with the reason; nothing else is.
 */

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Members of answers that tell of time or of the machine. */
const unsteady: ReadonlySet<string> = new Set([
  // How long something took, and what follows from it.
  'tookMs',
  'timings',
  'bytesPerSecond',
  'remainingSeconds',
  // Counts writes; the background writes in as many steps as it finds time for.
  'version',
  // The file grows by pages, and the write-ahead log is folded in when there is time.
  'database',
  // How many the background has compiled ahead by now.
  'bundles',
  // Joins the log lines of one request.
  'traceId',
  // Where a list goes on, made of ids; where it leads is seen when it is handed in.
  'nextCursor',
  // The fingerprint of a key that is made from the key of the space.
  'archivesSignedBy',
]);

/** Headers that are the server's word on the answer. Dates, trace ids and the count of writes tell of time; see above. */
const kept = [
  'content-type',
  'cache-control',
  'www-authenticate',
  'idempotency-replayed',
  'retry-after',
  'location',
  'allow',
];

/** Ids, secrets, hashes and times: what they are is random, that two of them are the same is not. */
const random = new RegExp(
  [
    `(?<did>did:key:z[A-Za-z0-9]{40,60}(?:#z[A-Za-z0-9]{40,60})?)`,
    // Of topics, entities and bundles: made with a secret of the space.
    String.raw`(?<id>\b[teb]_[a-z2-7]{32}\b)`,
    `(?<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})`,
    String.raw`(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)`,
    `(?<secret>(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43,}(?![A-Za-z0-9_-]))`,
    String.raw`(?<port>localhost:\d+)`,
  ].join('|'),
  'g',
);

/** Answers of one person in order: an id is called by when it first appeared. */
export class Normaliser {
  readonly #names = new Map<string, string>();

  /** One line to compare. @param what the operation and, where it asks several things, which of them */
  observe(what: string, { status, headers, body }: Seen): string {
    const shown = kept.flatMap((name) => {
      const value = headers.get(name);
      // How long is left of a time of waiting is a matter of the clock; that one has to wait is not.
      return value === null ? [] : [`${name}: ${name === 'retry-after' ? '<seconds>' : value}`];
    });
    return this.#plain(`${what} → ${status} [${shown.join('; ')}] ${steady(body)}`);
  }

  #plain(text: string): string {
    return text.replace(random, (found, ...rest) => {
      const groups = rest.at(-1) as Record<string, string | undefined>;
      const kind = Object.keys(groups).find((name) => groups[name] !== undefined) ?? 'id';
      if (kind === 'time' || kind === 'port') return `<${kind}>`;
      const name = this.#names.get(found) ?? `<${kind} ${this.#names.size}>`;
      this.#names.set(found, name);
      return name;
    });
  }
}

function steady(body: string): string {
  // The stream of one answer of the Model Context Protocol holds its message as a line.
  const json = /^(?:event: message\n)?data: (?<message>.*)\n\n$/s.exec(body)?.groups?.message ?? body;
  try {
    return JSON.stringify(JSON.parse(json, (name, value: unknown) => (unsteady.has(name) ? undefined : value)));
  } catch {
    return body;
  }
}
