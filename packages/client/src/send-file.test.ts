/** Sending over a line that breaks anywhere, to a server made up for it; the real one is in test/flows. */

import { AppError } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import type { ImportRun } from '@vivim/contract/imports';
import { uuidv7 } from '@vivim/contract/random';
import { parseUploadMetadata } from '@vivim/contract/uploads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileToSend, headOf, mayPassLater, type SendOptions, sendFile } from './send-file.ts';

type Fault = 'none' | 'never arrives' | 'answer is lost' | 'half arrives' | 'server is away' | 'somebody else sends';
const lost = () => new TypeError('fetch failed');

/** Keeps what it is sent, as the protocol says, and fails as it is told to, one request after another. */
function newServer(faults: Fault[] = []) {
  const uploads = new Map<string, { readonly size: number; readonly metadata: string; data: Uint8Array }>();
  const keys = new Map<string, string>();
  let requests = 0;
  async function meet(apply: (half: boolean) => void): Promise<void> {
    requests += 1;
    const fault = faults.shift() ?? 'none';
    if (fault === 'never arrives') throw lost();
    if (fault === 'server is away') throw new AppError('engine_unavailable');
    if (fault === 'somebody else sends') throw new AppError('upload_busy');
    apply(fault === 'half arrives');
    if (fault !== 'none') throw lost();
  }
  function runOf(id: string): ImportRun {
    const { size, metadata, data } = uploads.get(id) ?? { size: 0, metadata: '', data: new Uint8Array() };
    const { fileName, head, source } = parseUploadMetadata(metadata);
    const upload = data.length === size ? null : { received: data.length, head, source, expiresAt: '' };
    return { id, state: upload === null ? 'queued' : 'receiving', fileName, fileBytes: size, upload } as ImportRun;
  }
  const taken = (bytes: unknown, half: boolean) =>
    (bytes as Uint8Array).slice(0, half ? Math.floor((bytes as Uint8Array).length / 2) : undefined);
  const client = {
    async listImports() {
      await meet(() => {});
      return { items: [...uploads.keys()].map(runOf).filter(({ state }) => state === 'receiving'), nextCursor: null };
    },
    async getImport({ params }: { params: { id: string } }) {
      await meet(() => {});
      return runOf(params.id);
    },
    async createUpload({ headers, bytes, idempotencyKey }: Record<string, unknown>) {
      const key = String(idempotencyKey);
      await meet((half) => {
        if (keys.has(key)) return;
        const said = headers as Record<string, string>;
        const id = uuidv7();
        keys.set(key, id);
        uploads.set(id, {
          size: Number(said['upload-length']),
          metadata: said['upload-metadata'] ?? '',
          data: taken(bytes, half),
        });
      });
      return new Response(null, { status: 201, headers: { location: `/v1/uploads/${keys.get(key)}` } });
    },
    async appendUpload({ params, headers, bytes }: Record<string, unknown>) {
      const upload = uploads.get((params as { id: string }).id);
      await meet((half) => {
        if (Number((headers as Record<string, string>)['upload-offset']) !== upload?.data.length)
          throw new AppError('upload_offset_wrong');
        upload.data = Buffer.concat([upload.data, taken(bytes, half)]);
      });
      return new Response(null, { status: 204 });
    },
  };
  return { client: client as unknown as SendOptions['client'], uploads, requests: () => requests };
}

const fileOf = (bytes: Uint8Array, name = 'a.zip'): FileToSend => ({
  name,
  size: bytes.length,
  source: null,
  read: async (start, end) => Uint8Array.from(bytes.subarray(start, end)),
});
function optionsFor(client: SendOptions['client'], more: Partial<SendOptions> = {}): SendOptions {
  let now = 0;
  return {
    client,
    idempotencyKey: uuidv7(),
    signal: new AbortController().signal,
    // A line on which a piece takes long: they get small.
    now: () => (now += 5_000),
    wait: async () => {},
    onSent: () => {},
    mayPass: (error) => (error instanceof AppError ? mayPassLater(error) : error instanceof TypeError),
    patience: Array.from({ length: 50 }, () => 1),
    ...more,
  };
}
const noise = (size: number) => Uint8Array.from({ length: size }, (_, ix) => (ix * 31 + (ix >> 9)) & 255);

describe('a file that is sent', () => {
  it('arrives whole, once, in order, wherever the line breaks', async () => {
    const fault = fc.constantFrom<Fault>(
      'none',
      'none',
      'never arrives',
      'answer is lost',
      'half arrives',
      'server is away',
      'somebody else sends',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_500_000 }),
        fc.array(fault, { maxLength: 12 }),
        async (size, faults) => {
          const bytes = noise(size);
          const server = newServer([...faults]);
          const sent: number[] = [];
          const run = await sendFile(fileOf(bytes), optionsFor(server.client, { onSent: (n) => sent.push(n) }));
          expect(run.upload).toBeNull();
          const [upload, ...others] = [...server.uploads.values()];
          expect(others).toEqual([]);
          expect(Buffer.compare(upload?.data ?? Buffer.alloc(0), bytes)).toBe(0);
          expect(sent).toEqual(sent.toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is gone on with by another sender of the same file, and not by one of another file of that name', async () => {
    const bytes = noise(1_000_000);
    const server = newServer();
    const leave = new AbortController();
    const first = sendFile(
      fileOf(bytes),
      optionsFor(server.client, { signal: leave.signal, onSent: (sent) => sent > 500_000 && leave.abort() }),
    );
    // The made-up server does not look at the signal.
    await first;
    const [begun] = [...server.uploads.values()];
    if (begun !== undefined) begun.data = begun.data.slice(0, 600_000);
    const sent: number[] = [];
    await sendFile(fileOf(bytes), optionsFor(server.client, { onSent: (n) => sent.push(n) }));
    expect(sent[0]).toBe(600_000);
    expect(server.uploads.size).toBe(1);
    if (begun !== undefined) begun.data = begun.data.slice(0, 600_000);
    await sendFile(fileOf(Uint8Array.from(bytes, (byte) => byte ^ 1)), optionsFor(server.client));
    await sendFile(fileOf(bytes, 'b.zip'), optionsFor(server.client));
    await sendFile({ ...fileOf(bytes), source: 'claude' }, optionsFor(server.client));
    expect(server.uploads.size).toBe(4);
  });

  it('goes in small pieces over a slow line and in large ones over a fast one', async () => {
    const bytes = noise(3_000_000);
    const [slow, fast] = [newServer(), newServer()];
    await sendFile(fileOf(bytes), optionsFor(slow.client));
    await sendFile(fileOf(bytes), optionsFor(fast.client, { now: () => 0 }));
    expect(slow.requests()).toBeGreaterThan(20);
    expect(fast.requests()).toBeLessThan(8);
  });

  it('is given up on when the server stays away, with its reason, and at once for a reason that stays', async () => {
    const away = newServer(Array.from({ length: 99 }, () => 'server is away' as const));
    const sending = sendFile(fileOf(noise(10)), optionsFor(away.client, { patience: [1, 1, 1] }));
    await expect(sending).rejects.toMatchObject({ code: 'engine_unavailable' });
    expect(away.requests()).toBe(4);
    const full = newServer();
    const refusing = {
      ...optionsFor({
        ...full.client,
        createUpload: () => Promise.reject(new AppError('quota_exceeded')),
      }),
    };
    await expect(sendFile(fileOf(noise(10)), refusing)).rejects.toMatchObject({ code: 'quota_exceeded' });
  });

  it('is told to nobody as sent before the server has it', async () => {
    const seen: [number, ImportId][] = [];
    const server = newServer(['none', 'none', 'none', 'never arrives']);
    await sendFile(fileOf(noise(900_000)), optionsFor(server.client, { onSent: (sent, id) => seen.push([sent, id]) }));
    expect(seen[0]?.[0]).toBe(512 * 1024);
    expect(new Set(seen.map(([, id]) => id)).size).toBe(1);
  });

  it('is known by the hash of its beginning', async () => {
    const long = noise(1_500_000);
    expect(await headOf(fileOf(long))).toBe(await headOf(fileOf(long.slice(0, 1024 ** 2))));
    expect(await headOf(fileOf(long))).not.toBe(await headOf(fileOf(long.slice(0, 1024 ** 2 - 1))));
    expect(await headOf(fileOf(new Uint8Array()))).toMatch(/^e3b0c442/);
  });
});
