/**
 * Backups in a bucket that speaks S3: Amazon's, MinIO, Garage, Ceph, R2, … Credentials come from where the AWS SDK looks for
 * them and are never ours to hold. Each part is sent with its MD5, which the server holds against what arrived.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { assertIs } from './folder-store.ts';
import { BackupError, type BackupStore, type S3Settings } from './store.ts';

/** A part may be no smaller than 5 MiB, and an upload has at most 10,000 of them. */
const smallestPart = 8 * 1024 ** 2;
const mostParts = 9_000;
const attempts = 5;

/** @param place `s3://bucket/prefix` */
export function openS3Store(place: string, settings: S3Settings): BackupStore {
  const { bucket, prefix } = parsePlace(place);
  const client = new S3Client({
    region: settings.region,
    maxAttempts: attempts,
    // Checksums in trailers are Amazon's own; every part goes with its MD5, which all servers know.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 120_000 },
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint, forcePathStyle: true }),
  });
  const where = `${place} at ${settings.endpoint === null ? `Amazon, ${settings.region}` : hostOf(settings.endpoint)}`;
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof BackupError) throw error;
      const why = `The bucket of backups, ${where}, does not do what was asked (${failureOf(error)}).`;
      throw new BackupError('place_unreachable', why, { cause: error });
    }
  };
  const at = (name: string) => ({ Bucket: bucket, Key: `${prefix}${name}` });
  const put = async (name: string, bytes: Uint8Array) =>
    assertArrived(bytes, await client.send(new PutObjectCommand({ ...at(name), Body: bytes, ContentMD5: md5(bytes) })));

  const uploadParts = async (name: string, file: FileHandle, bytes: number): Promise<void> => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(at(name)));
    const upload = { ...at(name), UploadId };
    try {
      const parts: { ETag: string | undefined; PartNumber: number }[] = [];
      const size = Math.max(smallestPart, Math.ceil(bytes / mostParts));
      for (let place = 0; place < bytes; place += size) {
        const part = await readPart(file, place, Math.min(size, bytes - place));
        const PartNumber = parts.length + 1;
        const sent = { ...upload, PartNumber, Body: part, ContentMD5: md5(part) };
        const answer = await client.send(new UploadPartCommand(sent));
        assertArrived(part, answer);
        parts.push({ ETag: answer.ETag, PartNumber });
      }
      await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
      throw error;
    }
  };

  return {
    place,
    async upload(name, path, expected) {
      await told(async () => {
        const file = await open(path, 'r');
        try {
          if (expected.bytes <= smallestPart) await put(name, await readPart(file, 0, expected.bytes));
          else await uploadParts(name, file, expected.bytes);
        } finally {
          await file.close();
        }
        const { ContentLength } = await client.send(new HeadObjectCommand(at(name)));
        if (ContentLength === expected.bytes) return;
        throw new BackupError('copy_altered', `${name} arrived with ${ContentLength} of ${expected.bytes} bytes.`);
      });
    },
    write: (name, bytes) => told(async () => void (await put(name, bytes))),
    read: (name) =>
      told(async () => {
        const answer = await client.send(new GetObjectCommand(at(name))).catch(orNull);
        return answer === null ? null : ((await answer.Body?.transformToByteArray()) ?? new Uint8Array());
      }),
    async download(name, path, expected) {
      await told(async () => {
        const answer = await client.send(new GetObjectCommand(at(name))).catch(orNull);
        if (answer === null) throw new BackupError('copy_missing', `${name} is not there.`);
        await pipeline(answer.Body as Readable, createWriteStream(path, { mode: 0o600 }));
      });
      await assertIs(name, path, expected);
    },
    list: (start) =>
      told(async () => {
        const names: string[] = [];
        for (let token: string | undefined, more = true; more; ) {
          const asked = { Bucket: bucket, Prefix: `${prefix}${start}`, ContinuationToken: token };
          const page = await client.send(new ListObjectsV2Command(asked));
          for (const { Key } of page.Contents ?? []) if (Key !== undefined) names.push(Key.slice(prefix.length));
          token = page.NextContinuationToken;
          more = page.IsTruncated === true && token !== undefined;
        }
        return names.sort();
      }),
    remove: (name) => told(async () => void (await client.send(new DeleteObjectCommand(at(name))))),
    prepare: async () => {},
    close: () => client.destroy(),
  };
}

function parsePlace(place: string): { bucket: string; prefix: string } {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(place);
  if (match === null) throw new Error(`${place}: write s3://bucket or s3://bucket/prefix.`);
  const path = (match[2] ?? '').replace(/\/+$/, '');
  return { bucket: match[1] ?? '', prefix: path === '' ? '' : `${path}/` };
}

async function readPart(file: FileHandle, from: number, length: number): Promise<Uint8Array> {
  const part = new Uint8Array(length);
  for (let read = 0; read < length; ) {
    const { bytesRead } = await file.read(part, read, length - read, from + read);
    if (bytesRead === 0) throw new BackupError('copy_altered', 'The file grew shorter while it was sent.');
    read += bytesRead;
  }
  return part;
}

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64');

/** Not every server minds the MD5 it is sent; most tell the one they got, unless they encrypt under keys of their own. */
function assertArrived(bytes: Uint8Array, { ETag, ServerSideEncryption }: Arrived): void {
  const told = /^"?([0-9a-f]{32})"?$/.exec(ETag ?? '')?.[1];
  if (told === undefined || (ServerSideEncryption ?? 'AES256') !== 'AES256') return;
  if (told !== Buffer.from(md5(bytes), 'base64').toString('hex'))
    throw new BackupError('copy_altered', 'Something else arrived in the bucket than was sent.');
}

interface Arrived {
  readonly ETag?: string | undefined;
  readonly ServerSideEncryption?: string | undefined;
}

function orNull(error: Error): null {
  if (error.name === 'NoSuchKey' || error.name === 'NotFound') return null;
  throw error;
}

/** Of an error its name and the system's code alone: a message may quote an address that was signed. */
function failureOf(error: unknown): string {
  const names = new Set<string>();
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each.name !== 'Error') names.add(each.name);
    if ('code' in each && typeof each.code === 'string') names.add(each.code);
    const { errors } = each as { errors?: unknown };
    if (Array.isArray(errors)) for (const one of errors) if (typeof one?.code === 'string') names.add(one.code);
  }
  return names.size === 0 ? 'it does not say why' : [...names].join(', ');
}

/** The endpoint without what may stand in front of its host. */
const hostOf = (endpoint: string): string =>
  URL.canParse(endpoint) ? new URL(endpoint).host : 'an endpoint that is no URL';
