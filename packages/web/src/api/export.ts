/** The export of a space, saved as a file. One that fits is counted as it comes and can be stopped; a large one the browser saves by itself. */
import { systemClock } from '@vivim/contract/clock';
import { stepUpSeconds } from '@vivim/contract/identity';
import type { ExportFormat } from '@vivim/contract/space-export';
import { api } from './client.ts';
import { plainApi } from './plain-client.ts';
import { freshen } from './step-up.ts';

/** Beyond this a page is the wrong place to hold a file in, bytes of the space. */
export const largeSpace = 1024 ** 3;
/** The signature must still be fresh when a download arrives that can sign nothing. */
const marginMs = 30_000;

function save(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

/** A download asks by itself and can sign nothing, so the session is freshened before it. */
export async function saveByBrowser(format: ExportFormat): Promise<void> {
  const { session } = await plainApi.getMe({});
  const ageMs = systemClock() - Date.parse(session.authenticatedAt);
  if (ageMs > stepUpSeconds * 1_000 - marginMs) await freshen();
  save(`/v1/space/export?format=${format}`, '');
}

export interface Saved {
  readonly name: string;
  readonly bytes: number;
}

/**
 * @param onBytes told how many bytes have come so far
 * @throws AppError; DOMException `AbortError` when stopped
 */
export async function saveExport(
  format: ExportFormat,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Saved> {
  const answer = await api.exportSpace({ query: { format }, signal });
  let bytes = 0;
  const counted = answer.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        onBytes(bytes);
        controller.enqueue(chunk);
      },
    }),
  );
  // The browser puts what is long on the disk.
  const blob = await new Response(counted ?? null).blob();
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'vivim-export';
  const address = URL.createObjectURL(blob);
  save(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
  return { name, bytes };
}
