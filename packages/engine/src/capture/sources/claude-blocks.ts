/** The blocks of one Claude message → parts. A block nobody here knows becomes a `raw` part with everything it held. */
import type { CanonicalCitation, CanonicalPart } from '../canonical.ts';
import { contentOf, rawPart } from './content-blocks.ts';
import {
  asArray,
  asId,
  asName,
  asRecord,
  asRecords,
  asSize,
  asText,
  isRecord,
  type JsonRecord,
  toJson,
} from './json-value.ts';
import { partsOfText } from './tagged-documents.ts';

/** What `text` says of a block the site's own export could not show. */
const placeholder = /This block is not supported on your current device yet\.?/g;

/** Parts in order, and the block types that were not understood. */
export function claudeParts(message: JsonRecord): { parts: CanonicalPart[]; unknown: string[] } {
  const unknown = new Set<string>();
  const content = message.content;
  const parts: CanonicalPart[] = [];
  if (Array.isArray(content)) {
    for (const block of content) {
      const read = readers.get(asName(asRecord(block)?.type) ?? 'block');
      const other = read === undefined ? contentOf([block]) : null;
      parts.push(...(other?.parts ?? read?.(asRecord(block) ?? {}) ?? []));
      for (const type of other?.unknown ?? []) unknown.add(type);
    }
  } else {
    const text = asName(message.text) ?? asName(content);
    if (text !== null) parts.push(...partsOfText(text));
    else if (content !== undefined && content !== null) parts.push(rawPart(content));
  }
  // Of some messages the export keeps the text and leaves the blocks out.
  const text = asName(message.text);
  if (parts.length === 0 && text !== null && text.replace(placeholder, '').trim() !== '')
    parts.push(...partsOfText(text));
  parts.push(...asArray(message.attachments).flatMap(pastedFile), ...filesOf(message).flatMap(uploadedFile));
  return { parts, unknown: [...unknown] };
}

/** The site's interface lists files twice, the newer list with more of them. */
function filesOf(message: JsonRecord): readonly unknown[] {
  const files = [...asArray(message.files), ...asArray(message.files_v2)];
  const idOf = (file: unknown) => asId(asRecord(file)?.file_uuid) ?? asId(asRecord(file)?.uuid);
  return files.filter((file, ix) => idOf(file) === null || files.findIndex((one) => idOf(one) === idOf(file)) === ix);
}

type BlockReader = (block: JsonRecord) => CanonicalPart[];

const text: BlockReader = (block) => {
  const words = asName(block.text);
  if (words === null) return [];
  const citations = asArray(block.citations).flatMap((value) => citationIn(words, asRecord(value)));
  return citations.length > 0 ? [{ kind: 'text', text: words, citations }] : partsOfText(words);
};

function citationIn(words: string, citation: JsonRecord | null): CanonicalCitation[] {
  if (citation === null) return [];
  const details = asRecord(citation.details) ?? citation;
  const start = asSize(citation.start_index);
  const end = asSize(citation.end_index);
  const holds = start !== null && end !== null && start <= end && end <= words.length;
  return [
    {
      start: holds ? start : null,
      end: holds ? end : null,
      url: asName(details.url),
      title: asName(details.title) ?? asName(citation.title),
      snippet: asName(details.cited_text),
    },
  ];
}

const thinking: BlockReader = (block) => {
  const words = asName(block.thinking);
  if (words !== null) return [{ kind: 'reasoning', text: words }];
  const summaries = asArray(block.summaries).flatMap((value) => asName(asRecord(value)?.summary) ?? []);
  return summaries.length === 0 ? [] : [{ kind: 'reasoning', text: summaries.join('\n\n') }];
};

const toolUse: BlockReader = (block) => {
  const input = asRecord(block.input) ?? {};
  const name = asName(block.name);
  const id = asId(block.id);
  const tool = { ...(name === null ? {} : { toolName: name }), ...(id === null ? {} : { toolCallId: id }) };
  const body = asName(input.content);
  // An artifact is written by calling a tool with its content; a change to one stays a call.
  if (name === 'artifacts' && body !== null) {
    const language = asName(input.language);
    const { content: _, ...rest } = input;
    // A report of research names what it cites beside its text.
    const citations = asArray(input.md_citations).flatMap((value) => citationIn(body, asRecord(value)));
    return [
      {
        kind: 'artifact',
        text: body,
        ...(language === null ? {} : { language }),
        ...tool,
        json: toJson(rest) ?? '{}',
        ...(citations.length === 0 ? {} : { citations }),
      },
    ];
  }
  return [{ kind: 'tool_call', text: toJson(block.input ?? {}), ...tool }];
};

const toolResult: BlockReader = (block) => {
  const name = asName(block.name);
  const id = asId(block.tool_use_id);
  const content = typeof block.content === 'string' ? [{ text: block.content }] : asArray(block.content);
  const items = asRecords(content);
  const words = items.flatMap((item) => asName(item.text) ?? fileMade(item) ?? []).join('\n\n');
  const isPicture = (item: JsonRecord) => item.type === 'image' && isRecord(item.source);
  const pictures = contentOf(items.filter(isPicture)).parts;
  const others = items.filter((item) => !isPicture(item));
  const citations = items.flatMap((item): CanonicalCitation[] => {
    const url = asName(item.url);
    return url === null ? [] : [{ start: null, end: null, url, title: asName(item.title), snippet: null }];
  });
  return [
    {
      kind: block.is_error === true ? 'error' : 'tool_result',
      text: words === '' ? null : words,
      ...(name === null ? {} : { toolName: name }),
      ...(id === null ? {} : { toolCallId: id }),
      ...(words === '' && others.length > 0 ? { json: toJson(others) ?? '[]' } : {}),
      ...(citations.length > 0 ? { citations } : {}),
    },
    ...pictures,
  ];
};

/** A file Claude made and showed: its name and place; its bytes are in no export. */
function fileMade(item: JsonRecord): string | null {
  if (item.type !== 'local_resource') return null;
  return [asName(item.name), asName(item.file_path)].filter((name) => name !== null).join(': ') || null;
}

/** Marks for the site itself; they hold nothing. */
const nothing: BlockReader = () => [];

const readers: ReadonlyMap<string, BlockReader> = new Map<string, BlockReader>([
  ['text', text],
  ['thinking', thinking],
  ['tool_use', toolUse],
  ['tool_result', toolResult],
  ['token_budget', nothing],
  ['flag', nothing],
]);

/** A text the person pasted or attached: the export holds what was extracted from it. */
function pastedFile(value: unknown): CanonicalPart[] {
  const file = asRecord(value);
  if (file === null) return [];
  const extract = asText(file.extracted_content);
  const type = asName(file.file_type);
  const mime = type === null ? null : type === 'txt' ? 'text/plain' : type;
  return [
    {
      kind: 'file',
      text: extract,
      ...(mime === null ? {} : { mime }),
      attachment: {
        externalId: asId(file.id),
        name: asName(file.file_name),
        mime,
        size: asSize(file.file_size),
        status: extract === null ? 'missing' : 'present',
        textExtract: null,
      },
    },
  ];
}

/** A file the person uploaded: the export names it and leaves its bytes out. */
function uploadedFile(value: unknown): CanonicalPart[] {
  const file = asRecord(value);
  if (file === null) return [];
  return [
    {
      kind: file.file_kind === 'image' ? 'image' : 'file',
      text: null,
      attachment: {
        externalId: asId(file.file_uuid) ?? asId(file.uuid),
        name: asName(file.file_name),
        mime: null,
        size: asSize(file.file_size),
        status: 'missing',
        textExtract: null,
      },
    },
  ];
}
