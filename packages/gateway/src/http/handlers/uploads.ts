/** What the server knows of the tus protocol. Open to guests; the uploads themselves are the spaces'. */
import { limits } from '@vivim/contract/http';
import { tus } from '@vivim/contract/tus';
import type { Handlers } from '../call.ts';

export const uploadHandlers: Handlers<'describeUploads'> = {
  describeUploads: () =>
    new Response(null, {
      status: 204,
      headers: { 'tus-extension': tus.extensions, 'tus-max-size': String(limits.upload) },
    }),
};
