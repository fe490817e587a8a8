/** The space as a file its owner takes along. */
import { type Clock, isoTime } from '@vivim/contract/clock';
import type { Copies } from '../space/copies.ts';
import type { Handlers } from './handler.ts';

export const exportHandlers = ({ copies, clock }: { copies: Copies; clock: Clock }) =>
  ({
    exportSpace: async (call) => {
      const { stream, bytes, version } = await copies.export(call.signal);
      return {
        stream,
        bytes,
        version,
        mediaType: 'application/vnd.sqlite3',
        fileName: `vivim-${isoTime(clock()).slice(0, 10)}.db`,
      };
    },
  }) satisfies Handlers<'exportSpace'>;
