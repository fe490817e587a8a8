/** Memories and projects in words. Pure. */
import type {
  Memory,
  MemoryConflict,
  MemoryDetail,
  MemoryEvidence,
  MemoryStep,
  Project,
  ProjectSummary,
} from '@vivim/contract/memory';
import { count, day, oneLine, plain, table, titleOf } from './text.ts';
import { moment } from './when.ts';

export const memoryTable = (items: readonly Memory[]): string =>
  items.length === 0
    ? 'No memories. Import an export that holds some, or: vivim memories add "…"'
    : table(
        items.map(({ id, kind, text, label, pinned, state, project, scopes, suspicious }) => [
          id,
          kind,
          `${pinned ? '(pinned) ' : ''}${suspicious ? '(reads like an order to a machine) ' : ''}${oneLine(text, 100)}`,
          label,
          scopes.length === 0 ? '' : `for ${scopes.join(', ')}`,
          project === null ? '' : `in ${project.name ?? project.id}`,
          state === 'active' ? '' : state,
        ]),
      );

export const memoryLine = (memory: Memory): string => memoryTable([memory]);

export const conflictText = ({ attribute, memories }: MemoryConflict): string =>
  plain(`${oneLine(attribute, 60)}: which holds?\n${memoryTable(memories)}`);

const stepWords: Readonly<Record<MemoryStep['what'], string>> = {
  change: 'changed',
  merge: 'merged',
  review: 'reviewed',
  settle: 'settled',
};

export const stepTable = (items: readonly MemoryStep[]): string =>
  items.length === 0
    ? 'There is no step to take back.'
    : table(
        items.map(({ key, at, what, memories, covered }) => [
          key,
          moment(at),
          stepWords[what],
          `before: ${memories.map(({ text, state }) => `${oneLine(text, 60)}${state === 'active' ? '' : ` (${state})`}`).join('; ')}`,
          covered ? 'after a later step on the same' : '',
        ]),
      );

export function memoryText(memory: MemoryDetail): string {
  const { text, kind, label, state, pinned, project, validFrom, validTo, evidence } = memory;
  const { name, aliases, scopes, related, reviewAt, suspicious } = memory;
  const facts = [
    ...(name === null ? [] : [`about ${name}${aliases.length === 0 ? '' : ` (also ${aliases.join(', ')})`}`]),
    ...(suspicious ? ['It reads like an order to a machine. It is told as a quotation only.'] : []),
    ...(scopes.length === 0 ? [] : [`holds for ${scopes.join(', ')}`]),
    ...(related.length === 0 ? [] : [`comes with ${related.join(', ')}`]),
    ...(reviewAt === null ? [] : [`to be looked at again ${day(reviewAt)}`]),
    `${kind}, ${state}${pinned ? ', pinned' : ''}`,
    label,
    ...(project === null ? [] : [`holds in the project ${project.name ?? project.id}`]),
    ...(validFrom === null ? [] : [`since ${day(validFrom)}${validTo === null ? '' : `, until ${day(validTo)}`}`]),
  ];
  const stands = evidence.length === 0 ? [] : ['', 'Stands on', ...evidence.map(evidenceText)];
  return plain([text, '', ...facts, ...stands].join('\n'));
}

function evidenceText(evidence: MemoryEvidence): string {
  const where =
    evidence.from === 'message'
      ? `${titleOf(evidence.title)} (message ${evidence.messageId})`
      : `import ${evidence.importId}, ${evidence.record}, ${evidence.field}`;
  const quoted = evidence.quoted === null ? '' : `: “${oneLine(evidence.quoted, 100)}”`;
  return `  ${day(evidence.at)}  ${where}${quoted}`;
}

export const projectTable = (items: readonly ProjectSummary[]): string =>
  items.length === 0
    ? 'No projects. They come with exports that hold some.'
    : table(
        items.map(({ id, source, name, externalId, conversations, documents, memories }) => [
          id,
          source,
          oneLine(name ?? externalId, 60),
          count(conversations, 'conversation'),
          count(documents, 'document'),
          count(memories, 'memory', 'memories'),
        ]),
      );

export function projectText(project: Project): string {
  const { name, externalId, source, description, instructions, content } = project;
  const section = (title: string, text: string | null) => (text === null || text === '' ? [] : ['', title, text]);
  return plain(
    [
      `${name ?? externalId} — ${source}`,
      `${count(project.conversations, 'conversation')}, ${count(project.documents, 'document')}`,
      ...section('Description', description),
      ...section('Instructions', instructions),
      ...content.flatMap((document) =>
        section(
          `${document.name ?? 'Document'}${document.inNewest ? '' : ' (not in the newest export)'}`,
          document.text,
        ),
      ),
    ].join('\n'),
  );
}
