/** Images, sounds and files of a ChatGPT message: pointers in its content, joined with what its metadata says of them. */
import type { CanonicalAttachment, CanonicalPart } from '../canonical.ts';
import { filesMade } from './chatgpt-citations.ts';
import type { ContentContext } from './chatgpt-content-context.ts';
import { asArray, asId, asName, asRecord, asRecords, asSize, type JsonRecord, toJson } from './json-value.ts';

/** `file-service://file-abc`, `sediment://file_abc?shared_conversation_id=…` → the id of the file. */
const pointer = /^(?:file-service|sediment):\/\/([^?#]+)/;

/** The parts of an asset pointer: of a talk with the camera on, its sound, its film and its single pictures. Null where it is none. */
export function assetParts(record: JsonRecord, context: ContentContext): CanonicalPart[] | null {
  switch (record.content_type) {
    case 'image_asset_pointer':
      return [pointed('image', record, context)];
    case 'audio_asset_pointer':
      return [pointed('audio', record, context)];
    case 'real_time_user_audio_video_asset_pointer': {
      const sound = asRecord(record.audio_asset_pointer);
      const film = filmOf(record.video_container_asset_pointer);
      const frames = asArray(record.frames_asset_pointers).flatMap((frame): JsonRecord[] => {
        const found = filmOf(frame);
        return found === null ? [] : [found];
      });
      const parts = [
        ...(sound === null ? [] : [pointed('audio', sound, context)]),
        ...(film === null ? [] : [pointed('file', film, context)]),
        ...frames.map((frame) => pointed('image', frame, context)),
      ];
      return parts.length === 0 ? null : parts;
    }
    case 'video_container_asset_pointer':
    case 'video_asset_pointer': {
      const film = filmOf(record.video_container_asset_pointer ?? record.video_asset_pointer ?? record.asset_pointer);
      return film === null ? null : [pointed('file', { ...record, ...film }, context)];
    }
    default:
      // Some name the kind otherwise, and some not at all: a pointer is a file however it is called.
      return asName(record.asset_pointer) === null ? null : [pointed(kindNamed(record), record, context)];
  }
}

function kindNamed({ content_type: type, width }: JsonRecord): 'image' | 'audio' | 'file' {
  const named = asName(type) ?? '';
  if (named.includes('audio')) return 'audio';
  return named.includes('image') || (named === '' && width !== undefined) ? 'image' : 'file';
}

/** A pointer as an object, or the address alone. */
const filmOf = (value: unknown): JsonRecord | null =>
  typeof value === 'string' ? { asset_pointer: value } : asRecord(value);

/** Exports of 2023 write the one name, later ones the other. */
const mimeOf = (said: JsonRecord): string | null => asName(said.mime_type) ?? asName(said.mimeType);

export function pointed(kind: 'image' | 'audio' | 'file', record: JsonRecord, context: ContentContext): CanonicalPart {
  const id = idOf(record.asset_pointer);
  const said = attachmentsOf(context).find((attachment) => asId(attachment.id) === id) ?? {};
  const format = asName(record.format);
  const mime = mimeOf(said) ?? (kind === 'audio' && format !== null ? `audio/${format}` : null);
  const dalle = asRecord(asRecord(record.metadata)?.dalle);
  const shape = { width: asSize(record.width), height: asSize(record.height), prompt: asName(dalle?.prompt) };
  return {
    kind,
    text: null,
    ...(mime === null ? {} : { mime }),
    ...(kind === 'image' ? { json: toJson(shape) ?? '{}' } : {}),
    attachment: attachment(id, asName(said.name), mime, asSize(record.size_bytes), context),
  };
}

/** Files named in the metadata that no part points to: what came with a prompt, tables and charts an analysis made, files of an agent. */
export function attachedFiles(parts: readonly CanonicalPart[], context: ContentContext): CanonicalPart[] {
  const shown = new Set(parts.map((part) => part.attachment?.externalId ?? null));
  return attachmentsOf(context).flatMap((said): CanonicalPart[] => {
    const id = asId(said.id);
    if (id !== null && shown.has(id)) return [];
    const mime = mimeOf(said);
    const kind = mime?.startsWith('image/') ? 'image' : 'file';
    return [
      {
        kind,
        text: null,
        ...(mime === null ? {} : { mime }),
        attachment: attachment(id, asName(said.name), mime, asSize(said.size), context),
      },
    ];
  });
}

const attachmentsOf = ({ metadata }: ContentContext): readonly JsonRecord[] => [
  ...asRecords(metadata.attachments),
  ...asRecords(metadata.ada_visualizations).flatMap(({ file_id: id, title }) =>
    asId(id) === null ? [] : [{ id, name: title }],
  ),
  ...filesMade(metadata),
];

function idOf(value: unknown): string | null {
  const name = asName(value);
  return name === null ? null : (pointer.exec(name)?.[1] ?? name);
}

const attachment = (
  externalId: string | null,
  name: string | null,
  mime: string | null,
  size: number | null,
  context: ContentContext,
): CanonicalAttachment => ({
  externalId,
  name,
  mime,
  size,
  status: externalId !== null && context.assetIds.has(externalId) ? 'skipped' : 'missing',
  textExtract: null,
});
