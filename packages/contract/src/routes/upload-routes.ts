/** Resumable uploads: the tus protocol 1.0.0 under `/v1/uploads`. The id of an upload is the id of its import. */
import { ImportId } from '../ids.ts';
import { tus } from '../tus.ts';
import { AppendUploadHeaders, CreateUploadHeaders, TusHeaders } from '../uploads.ts';
import { defaults, engine, none, one, type Route } from './route.ts';

const upload = {
  ...engine,
  scope: 'memory:write',
  tag: 'uploads',
  query: none,
  headers: TusHeaders,
  bodyType: tus.mediaType,
  answer: 'headers',
  errors: ['tus_version_unsupported'],
} as const;
const arriving = ['import_too_large', 'import_incomplete', 'import_not_active', 'quota_exceeded'] as const;

export const uploadRoutes = {
  describeUploads: {
    ...defaults,
    owner: 'gateway',
    scope: null,
    method: 'OPTIONS',
    path: '/v1/uploads',
    tag: 'uploads',
    summary: 'What this server knows of the tus protocol, and the largest file it takes',
    status: 204,
    answer: null,
  },
  createUpload: {
    ...upload,
    write: true,
    method: 'POST',
    path: '/v1/uploads',
    summary:
      'Begin an upload that can be gone on with; `Upload-Metadata` takes `filename`, `source` and `watched`. The body may hold the first bytes',
    headers: CreateUploadHeaders,
    body: 'bytes',
    bodyRequired: false,
    status: 201,
    errors: [...upload.errors, ...arriving, 'media_type_unsupported', 'import_empty', 'path_invalid'],
  },
  findUpload: {
    ...upload,
    method: 'HEAD',
    path: '/v1/uploads/{id}',
    summary: 'How many bytes of an upload have arrived for good',
    params: one(ImportId),
  },
  appendUpload: {
    ...upload,
    method: 'PATCH',
    path: '/v1/uploads/{id}',
    summary: 'Go on with an upload at the byte it has come to; when it is whole, its import begins',
    params: one(ImportId),
    headers: AppendUploadHeaders,
    body: 'bytes',
    status: 204,
    errors: [...upload.errors, ...arriving, 'media_type_unsupported', 'upload_offset_wrong', 'upload_busy'],
  },
  deleteUpload: {
    ...upload,
    write: true,
    method: 'DELETE',
    path: '/v1/uploads/{id}',
    summary: 'Give an upload up; what had arrived is removed',
    params: one(ImportId),
    status: 204,
    errors: [...upload.errors, 'import_not_active'],
  },
} as const satisfies Record<string, Route>;
