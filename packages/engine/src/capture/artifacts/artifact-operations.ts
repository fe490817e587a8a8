/**
 * The parts of a message that write or change a document → what they do to which one. Pure. Reads parts as sources make them,
 * so that it works on what stands in the rows as well.
 */
import type { CanonicalPart } from '../canonical.ts';
import { asName, asRecord, asRecords, asText, type JsonRecord } from '../sources/json-value.ts';
import type { Edit } from './apply-edit.ts';

export interface ArtifactOperation {
  /** The document's own name for itself; null where the source has one document at a time and this is the last one made. */
  readonly key: string | null;
  readonly op: 'create' | 'update' | 'rewrite';
  readonly title: string | null;
  readonly mime: string | null;
  readonly language: string | null;
  readonly edit: Edit;
}

/** @returns null where the part has nothing to do with a document */
export function artifactOperation(part: CanonicalPart): ArtifactOperation | null {
  const tool = part.toolName ?? '';
  if (part.kind === 'artifact') {
    const said = parsed(part.json ?? '');
    if (tool === 'artifacts') return claudeArtifact(part, said);
    if (tool === 'canmore.create_textdoc') return canvas(part, said);
    return null;
  }
  if (part.kind !== 'tool_call') return null;
  const input = parsed(part.text ?? '');
  switch (tool) {
    case 'artifacts':
      return claudeUpdate(input);
    case 'create_file':
      return createdFile(input);
    case 'str_replace':
      return changedFile(input);
    case 'canmore.update_textdoc':
      return canvasUpdate(input);
    default:
      return null;
  }
}

function parsed(json: string): JsonRecord | null {
  try {
    return asRecord(JSON.parse(json));
  } catch {
    return null;
  }
}

const plain = { title: null, mime: null, language: null } as const;

function claudeArtifact(part: CanonicalPart, said: JsonRecord | null): ArtifactOperation {
  return {
    key: asName(said?.id) ?? asName(said?.title) ?? 'artifact',
    op: said?.command === 'rewrite' ? 'rewrite' : 'create',
    title: asName(said?.title),
    mime: asName(said?.type),
    language: part.language ?? null,
    edit: { kind: 'whole', text: part.text ?? '' },
  };
}

function claudeUpdate(input: JsonRecord | null): ArtifactOperation {
  const old = asText(input?.old_str);
  const by = asText(input?.new_str);
  const edit: Edit = old === null || by === null ? { kind: 'unreadable' } : { kind: 'replace', old, by };
  return { ...plain, key: asName(input?.id) ?? 'artifact', op: 'update', title: asName(input?.title), edit };
}

const lastName = (path: string): string => path.split('/').findLast((name) => name !== '') ?? path;

function createdFile(input: JsonRecord | null): ArtifactOperation | null {
  const path = asName(input?.path);
  const text = asText(input?.file_text);
  if (path === null || text === null) return null;
  return { ...plain, key: path, op: 'create', title: lastName(path), edit: { kind: 'whole', text } };
}

function changedFile(input: JsonRecord | null): ArtifactOperation | null {
  const path = asName(input?.path);
  const old = asText(input?.old_str);
  if (path === null || old === null) return null;
  const edit: Edit = { kind: 'replace', old, by: asText(input?.new_str) ?? '' };
  return { ...plain, key: path, op: 'update', title: lastName(path), edit };
}

function canvas(part: CanonicalPart, said: JsonRecord | null): ArtifactOperation {
  const name = asName(said?.name);
  const type = asName(said?.type);
  return {
    key: name ?? 'canvas',
    op: 'create',
    title: name,
    mime: type,
    language: part.language ?? null,
    edit: { kind: 'whole', text: part.text ?? '' },
  };
}

function canvasUpdate(input: JsonRecord | null): ArtifactOperation {
  const updates = asRecords(input?.updates).flatMap((update) => {
    const pattern = asText(update.pattern);
    const replacement = asText(update.replacement);
    return pattern === null || replacement === null
      ? []
      : [{ pattern, replacement, multiple: update.multiple === true }];
  });
  const edit: Edit = updates.length === 0 ? { kind: 'unreadable' } : { kind: 'patterns', updates };
  return { ...plain, key: null, op: 'update', edit };
}
