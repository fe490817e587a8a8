/** Resumable uploads as the tus protocol 1.0.0 speaks of them: its headers in, its headers out. Where bytes go others know. */
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { ImportId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { tus, uploadIdleMs, uploadMetadata } from '@vivim/contract/tus';
import { parseUploadMetadata } from '@vivim/contract/uploads';
import type { Standing, Uploads } from '../capture/uploads.ts';
import type { Spool } from '../space/spool.ts';
import type { UserSpace } from '../space/user-space.ts';
import type { Call, Handlers, HeadersAnswer } from './handler.ts';
import { assertPlainName } from './plain-name.ts';

export interface UploadHandlerDeps {
  readonly space: UserSpace;
  readonly spool: Spool;
  readonly uploads: Uploads;
  readonly clock: Clock;
}

type Operations = 'createUpload' | 'findUpload' | 'appendUpload' | 'deleteUpload';

export const uploadHandlers = (deps: UploadHandlerDeps) =>
  ({
    createUpload: (call) => create(deps, call),
    async findUpload({ params, headers }): Promise<HeadersAnswer> {
      assertVersion(headers);
      const standing = await deps.uploads.standing(params.id);
      const { upload } = standing;
      return {
        headers: {
          ...standingHeaders(standing),
          'upload-length': String(standing.bytes),
          ...(upload === null
            ? {}
            : {
                'upload-metadata': uploadMetadata({
                  ...upload,
                  source: upload.askedSource,
                  watched: upload.watchedKey,
                }),
              }),
        },
      };
    },
    async appendUpload({ params, headers, upload, signal }): Promise<HeadersAnswer> {
      assertVersion(headers);
      const piece = bodyOf(upload);
      const at = headers['upload-offset'];
      return { headers: standingHeaders(await deps.uploads.append(params.id, { ...piece, at, signal })) };
    },
    async deleteUpload({ params: { id }, headers, verb }) {
      assertVersion(headers);
      if ((await deps.uploads.standing(id)).upload === null)
        throw new AppError('import_not_active', 'The file has arrived; cancel its import instead.');
      await deps.uploads.stop(id);
      const answer = deps.space.apply<HeadersAnswer>(verb, 204, (w) => {
        w.imports.forget(id);
        return { headers: {} };
      });
      await deps.spool.remove(id);
      return answer;
    },
  }) satisfies Handlers<Operations>;

/** The row first, so that no sweep takes the file for a leftover; then what the request brings of the file. */
async function create(deps: UploadHandlerDeps, call: Call<'createUpload'>): Promise<HeadersAnswer> {
  const { space, uploads, clock } = deps;
  assertVersion(call.headers);
  const bytes = call.headers['upload-length'];
  const { fileName, source, head, watched } = parseUploadMetadata(call.headers['upload-metadata']);
  assertPlainName(fileName);
  const piece = isEmpty(call) ? null : bodyOf(call.upload);
  await uploads.assertWelcome(bytes);
  const id = uuidv7(clock()) as ImportId;
  const answer = space.apply<HeadersAnswer>(call.verb, 201, (w) => {
    w.imports.receive({ id, fileName, asked: source, watched }, clock());
    w.uploads.begin({ id, bytes, head }, clock());
    return { headers: { location: `/v1/uploads/${id}` } };
  });
  // The same verb arrived twice at once: the first one counts.
  if (answer.headers.location !== `/v1/uploads/${id}` || piece === null) return answer;
  const standing = await uploads.append(id, { ...piece, at: 0, signal: call.signal });
  return { headers: { ...answer.headers, ...standingHeaders(standing) } };
}

const isEmpty = ({ upload }: Pick<Call<'createUpload'>, 'upload'>): boolean =>
  upload === null || upload.contentLength === 0 || (upload.contentLength === null && upload.mediaType === null);

/** @throws AppError `tus_version_unsupported` */
function assertVersion(headers: { readonly 'tus-resumable'?: string | undefined }): void {
  if (headers['tus-resumable'] !== tus.version) throw new AppError('tus_version_unsupported');
}

/** @throws AppError `media_type_unsupported` */
function bodyOf(upload: Call<'appendUpload'>['upload']) {
  if (upload?.mediaType !== tus.mediaType) throw new AppError('media_type_unsupported', `Send ${tus.mediaType}.`);
  return upload;
}

const standingHeaders = ({ received, upload }: Standing): Record<string, string> => ({
  'upload-offset': String(received),
  // In the words of HTTP (RFC 9110, section 5.6.7), as the protocol wants it.
  ...(upload === null ? {} : { 'upload-expires': new Date(upload.touchedMs + uploadIdleMs).toUTCString() }),
});
