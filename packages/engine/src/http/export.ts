/** The space as a file its owner takes along. */
import { type Clock, isoTime } from '@vivim/contract/clock';
import type { Copies } from '../space/copies.ts';
import type { Handlers } from './handler.ts';

export const exportHandlers = ({ copies, clock }: { copies: Copies; clock: Clock }) =>
  ({
    exportSpace: async ({ query: { format, upstreamKeys = false }, signal }) => {
      const at = isoTime(clock());
      const named = `vivim-${at.slice(0, 10)}`;
      if (format === 'sqlite') {
        const copy = await copies.export(signal, upstreamKeys);
        return { ...copy, mediaType: 'application/vnd.sqlite3', fileName: `${named}.db` };
      }
      const { stream, version } = await copies.archive(format, at, signal, upstreamKeys);
      const fileName = format === 'json' ? `${named}.zip` : `${named}-markdown.zip`;
      return { stream, version, bytes: null, mediaType: 'application/zip', fileName };
    },
  }) satisfies Handlers<'exportSpace'>;
