/** Hears every answer a suite gets, and looks through texts for what must not be in them. */

import type { Master } from '@vivim/gateway/master/db';
import { sql } from 'kysely';

export interface Heard {
  readonly url: string;
  readonly method: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Stands in for `fetch` until it is restored. Event streams are passed on unheard.
 *
 * @param headers are sent along with every request
 */
export function overhear(headers: Record<string, string> = {}): { readonly heard: Heard[]; restore(): void } {
  const heard: Heard[] = [];
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await real(input, {
      ...init,
      headers: { ...headers, ...(init?.headers as Record<string, string>) },
    });
    const streams = response.headers.get('content-type') === 'text/event-stream';
    const body = streams ? '' : await response.clone().text();
    heard.push({
      url: String(input),
      method: init?.method ?? 'GET',
      status: response.status,
      headers: response.headers,
      body,
    });
    return response;
  };
  return {
    heard,
    restore: () => {
      globalThis.fetch = real;
    },
  };
}

/** As it could stand somewhere: plain, and in the encodings bytes are written in. */
function spellings(canary: string): string[] {
  const bytes = Buffer.from(canary);
  return [canary, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
}

/** Which canaries stand in a text, by name. */
export const foundIn = (text: string, canaries: ReadonlyMap<string, string>): string[] =>
  [...canaries].filter(([, canary]) => spellings(canary).some((one) => text.includes(one))).map(([name]) => name);

/** Every row of every table, as text. */
export async function dumpOf(master: Master): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(master.db);
  const dumps = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(name)} t`.execute(
        master.db,
      );
      return rows.map(({ row }) => `${name} ${row}`);
    }),
  );
  return dumps.flat().join('\n');
}
