/**
 * A space as Markdown for people: one file for each conversation as it reads on its active branch, with an index, topics and
 * people, and the files its messages show. Not meant to be taken in again; the JSON archive is. Whatever a message holds, the next one still begins.
 */
import type { ArchiveRecord, archiveFiles } from '@vivim/contract/archive';
import { isoTime } from '@vivim/contract/clock';
import { sourceNames } from '@vivim/contract/conversation';
import type { RecordReader } from './record-reader.ts';
import type { ZipMember } from './zip-stream.ts';

/** What is used of markdown-it. */
export interface BlockParser {
  parse(text: string, environment: object): readonly { readonly type: string; readonly level: number }[];
}

type Conversation = ArchiveRecord<'conversations.jsonl'>;
type Message = Conversation['messages'][number];
type Part = Message['parts'][number];

/** @param markdown reads what messages hold, to know where a block of it would not end */
export function* markdownArchive(reader: RecordReader, markdown: BlockParser): Generator<ZipMember> {
  const index: string[] = [];
  const shownFiles = new Map<string, string>();
  for (const conversation of all(reader, 'conversations.jsonl')) {
    const name = `conversations/${fileName(conversation)}`;
    const day = dayOf(conversation);
    index.push(`- ${day} [${label(titleOf(conversation))}](<${name}>), ${sourceNames[conversation.source]}`);
    for (const { parts } of conversation.messages)
      for (const { attachment } of parts) {
        const file = attachment === null ? null : storedName(attachment);
        if (file !== null && attachment?.sha256) shownFiles.set(file, attachment.sha256);
      }
    yield { name, chunks: [Buffer.from(conversationText(conversation, markdown))] };
  }
  for (const [name, sha256] of shownFiles) yield { name: `files/${name}`, chunks: reader.bytesOf(sha256) };
  yield page(
    'memories.md',
    'Memories',
    [...all(reader, 'memories.jsonl')]
      .filter(({ state }) => state === 'active')
      .map(({ text, kind, origin, source, what }) => {
        const told = what === '' ? 'stated by you' : `said to ${label(what)}`;
        const from = origin === 'stated' ? told : `${source === null ? '' : `${sourceNames[source]} `}${what}`;
        return `- ${label(text)} (${kind}, ${from})`;
      }),
  );
  for (const project of all(reader, 'projects.jsonl')) {
    if (project.name === null && project.documents.length === 0) continue;
    yield { name: `projects/${project.id.slice(2, 18)}.md`, chunks: [Buffer.from(projectText(project, markdown))] };
  }
  index.sort().reverse();
  yield page('index.md', 'Conversations', index);
  yield page(
    'topics.md',
    'Topics',
    [...all(reader, 'topics.jsonl')]
      .filter(shown)
      .toSorted(heaviest)
      .map((topic) => entry(topic.label, topic)),
  );
  yield page(
    'people.md',
    'People, places and things',
    [...all(reader, 'entities.jsonl')]
      .filter(shown)
      .toSorted(heaviest)
      .map((entity) => entry(`${entity.name} (${entity.type})`, entity)),
  );
}

function projectText(project: ArchiveRecord<'projects.jsonl'>, markdown: BlockParser): string {
  const { name, externalId, description, instructions, documents } = project;
  const section = (title: string, text: string | null): string[] =>
    text === null || text.trim() === '' ? [] : [`## ${label(title)}\n\n${selfContained(text, markdown)}`];
  return `${[
    `# ${label(name ?? externalId)}`,
    ...section('Description', description),
    ...section('Instructions', instructions),
    ...documents.flatMap((document) => section(document.name ?? 'Document', document.text)),
  ].join('\n\n')}\n`;
}

function* all<F extends (typeof archiveFiles)[number]>(reader: RecordReader, file: F): Generator<ArchiveRecord<F>> {
  for (let next = reader.next(file, 0); next !== null; next = reader.next(file, next.pk)) yield next.record;
}

const shown = ({ visible }: { visible: boolean }): boolean => visible;
const heaviest = (a: { weight: number }, b: { weight: number }): number => b.weight - a.weight;
const entry = (name: string, { conversations, messages }: { conversations: number; messages: number }): string =>
  `- ${label(name)}: ${conversations} conversations, ${messages} messages`;
const page = (name: string, title: string, lines: readonly string[]): ZipMember => ({
  name,
  chunks: [Buffer.from(`# ${title}\n\n${lines.join('\n')}\n`)],
});

const titleOf = ({ title }: Conversation): string => title?.trim() || 'Untitled';
const dayOf = ({ createdMs, updatedMs }: Conversation): string =>
  isoTime(createdMs ?? updatedMs)?.slice(0, 10) ?? 'undated';
/** Words of one line that mean nothing to Markdown. */
const label = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~!&]/g, '\\$&');

/**
 * A name every file system takes: a day, letters and digits of the title, and the beginning of the id, which no other
 * conversation shares.
 */
export function fileName(conversation: Conversation): string {
  const words = titleOf(conversation)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  // By code points: half a letter is no letter. 40 of at most four bytes stay within the 255 a name may have.
  const slug = [...words]
    .slice(0, 40)
    .join('')
    .replace(/^-+|-+$/g, '');
  return [dayOf(conversation).replace(/^[+-]/, ''), slug, conversation.id.slice(2, 18)]
    .filter((part) => part !== '')
    .join('-')
    .concat('.md');
}

function conversationText(conversation: Conversation, markdown: BlockParser): string {
  const facts = {
    title: titleOf(conversation),
    id: conversation.id,
    source: sourceNames[conversation.source],
    created: isoTime(conversation.createdMs),
    updated: isoTime(conversation.updatedMs),
    model: conversation.defaultModel,
    messages: conversation.messageCount,
  };
  // JSON values are YAML values.
  const front = Object.entries(facts).flatMap(([name, value]) =>
    value === null ? [] : [`${name}: ${JSON.stringify(value)}`],
  );
  const read = conversation.messages.filter(({ hidden, onActivePath }) => onActivePath && !hidden);
  const messages = read.map((message) => messageText(message, markdown));
  const text = [...messages, ...documentsText(conversation)].join('\n\n');
  return `---\n${front.join('\n')}\n---\n\n# ${label(titleOf(conversation))}\n\n${text}\n`;
}

/** Documents a model wrote: every version, oldest first. */
function documentsText({ artifacts }: Conversation): string[] {
  return artifacts.map(({ key, title, version, text, language, problem }) =>
    [
      `## ${label(title ?? key)}, version ${version}`,
      ...(problem === null ? [] : [`*${label(problem)}*`]),
      fenced(text, language),
    ].join('\n\n'),
  );
}

function messageText(message: Message, markdown: BlockParser): string {
  const at = isoTime(message.createdMs);
  const who = message.authorName ?? message.role;
  const heading = `## ${label(who)}${at === null ? '' : `, ${at.slice(0, 16).replace('T', ' ')} UTC`}`;
  return [heading, ...message.parts.map((part) => partText(part, markdown))].filter((text) => text !== '').join('\n\n');
}

function partText(part: Part, markdown: BlockParser): string {
  const blocks: string[] = [];
  const words = part.text ?? '';
  if (part.kind === 'text' || part.kind === 'context' || part.kind === 'source' || part.kind === 'reasoning') {
    if (words.trim() !== '') blocks.push(selfContained(words, markdown));
  } else {
    const inside = words === '' ? (part.json ?? '') : words;
    if (part.toolName !== null) blocks.push(`*${label(part.toolName)}*`);
    if (inside.trim() !== '') blocks.push(fenced(inside, part.language));
  }
  if (part.attachment !== null) blocks.push(fileText(part.attachment, part.kind));
  for (const { url, title } of part.citations)
    if (url !== null) blocks.push(`Source: ${title === null ? '' : `${label(title)}, `}${fencedLine(url)}`);
  return blocks.join('\n\n');
}

type File = NonNullable<Part['attachment']>;

/** A name of our own making, with the ending of what was said to be in it where that is a plain word. */
function storedName({ sha256, name, status }: File): string | null {
  if (sha256 === null || status !== 'present') return null;
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name ?? '')?.[1];
  return `${sha256.slice(0, 32)}${ending === undefined ? '' : `.${ending.toLowerCase()}`}`;
}

function fileText(file: File, kind: Part['kind']): string {
  const words = label(file.name ?? file.externalId ?? 'unnamed');
  const stored = storedName(file);
  if (stored === null) return `*File: ${words}*`;
  return `${kind === 'image' ? '!' : ''}[${words}](<../files/${stored}>)`;
}

/** Code between fences longer than any inside it. */
export function fenced(code: string, language: string | null): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const info = language !== null && /^[\w+#.-]{1,30}$/.test(language) ? language : '';
  return `${fence}${info}\n${code}\n${fence}`;
}

const fencedLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ');
  const ticks = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return `${ticks} ${line} ${ticks}`;
};

/** The text, so that what follows it stands outside of it: an open fence or comment would swallow the rest of the file. */
export function selfContained(text: string, markdown: BlockParser): string {
  // What opens a block that a blank line does not end (https://spec.commonmark.org/0.31.2/, 4.5 and 4.6).
  if (!/```|~~~|</.test(text)) return text;
  if (ends(text, markdown)) return text;
  for (const fence of ['```', '~~~']) if (ends(`${text}\n${fence}`, markdown)) return `${text}\n${fence}`;
  return fenced(text, null);
}

function ends(text: string, markdown: BlockParser): boolean {
  const tokens = markdown.parse(`${text}\n\n# end`, {});
  const last = tokens.at(-1);
  return last?.type === 'heading_close' && last.level === 0;
}
