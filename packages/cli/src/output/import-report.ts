/** The report of an import for a person: what came of every conversation, and why something did not come in. */
import type { ErrorCode } from '@vivim/contract/errors';
import { type ImportIssue, type ImportRun, importSourceNames } from '@vivim/contract/imports';
import { bytes, count, day, oneLine, titleOf } from './text.ts';

const issuesShown = 20;

export function importReport(run: ImportRun): string {
  const { conversations, messages, acus, files, kept, secrets, issues, issueCount } = run.report;
  const cameIn = [
    `  conversations  ${tally(conversations)}`,
    `  messages       ${tally(messages)}`,
    `  units          ${acus.toLocaleString('en')}`,
    ...(fileTally(files) === '' ? [] : [`  files          ${fileTally(files)}`]),
    ...(besides(kept) === '' ? [] : [`  also           ${besides(kept)}`]),
    ...(secrets.found === 0 ? [] : [`  secrets        ${secretsFound(secrets)}`]),
  ];
  if (run.erasedAt !== null) return headline(run);
  const nothing = run.error !== null && Object.values(conversations).every((number) => number === 0);
  const lines = [
    headline(run),
    ...recognised(run),
    ...(run.error === null ? [] : whatNext(run.error.code)),
    ...(nothing ? [] : cameIn),
    ...issues.slice(0, issuesShown).map(issueLine),
  ];
  const rest = issueCount - Math.min(issues.length, issuesShown);
  if (rest > 0) lines.push(`  … and ${count(rest, 'more issue')}: vivim imports report ${run.id}`);
  return lines.join('\n');
}

function headline(run: ImportRun): string {
  const { id, fileName, fileBytes, detected, state, error, sameFileAs, erasedAt, upload } = run;
  const name = oneLine(fileName, 80);
  if (erasedAt !== null) return `${name}: erased by you on ${day(erasedAt)}; what it alone brought in is gone.`;
  if (upload !== null)
    return `${name}: ${bytes(upload.received)} of ${bytes(fileBytes)} arrived. Send the file again to go on: vivim import FILE`;
  if (error !== null) {
    const { added, updated, unchanged } = run.report.conversations;
    const came = added + updated + unchanged > 0 ? 'imported in part' : 'not imported';
    return `${name}: ${came}. ${oneLine(error.detail, 300)}`;
  }
  const what = detected === null ? '' : ` (${namesOf(detected)})`;
  if (sameFileAs !== null) return `${name}${what}: the same file as before, nothing to do.`;
  if (state === 'paused') return `${name}${what}: paused. Go on with: vivim imports continue ${id}`;
  return `${name}${what}: ${state === 'done' ? 'imported.' : `${state}.`}`;
}

const namesOf = ({ source, parts }: NonNullable<ImportRun['detected']>): string =>
  parts.length === 0 ? importSourceNames[source] : parts.map((part) => importSourceNames[part.source]).join(', ');

/** What the file was taken for, how surely and why: so that a person can say otherwise with `--source`. */
function recognised({ detected, begins }: ImportRun): string[] {
  if (detected === null) return beginning(begins ?? []);
  const { source, confidence, why, parts } = detected;
  if (parts.length === 0)
    return [
      `  recognised     as ${importSourceNames[source]}, ${Math.round(confidence * 100)}% sure: ${oneLine(why, 200)}`,
    ];
  return parts.map(
    (part, at) =>
      `  ${at === 0 ? 'recognised   ' : ' '.repeat(13)}  ${count(part.files, 'file')} as ${importSourceNames[part.source]}, ${Math.round(part.confidence * 100)}% sure: ${oneLine(part.why, 200)}`,
  );
}

/** Of a file that could not be read: what its person knows it by, and what to do. */
const beginning = (begins: readonly string[]): string[] =>
  begins.length === 0
    ? []
    : begins.map((line, at) => `  ${at === 0 ? 'it begins    ' : ' '.repeat(13)}  ${oneLine(line, 100)}`);

const next: ReadonlyMap<string, string> = new Map(
  Object.entries({
    import_format_unknown: 'If you know what wrote it: vivim import FILE --source NAME',
    import_archive_invalid:
      'Downloads break off: download the export again, and import it as it came, without unpacking it.',
    import_json_invalid: 'It broke off or was changed: export it again, and import it as it came.',
    import_incomplete: 'Import the same file again: what has arrived is kept.',
    import_empty: 'Download it again; the link of a provider ends after a day or so.',
    import_too_large: 'Import the parts of it one by one, or the folder it was made of: vivim import FOLDER',
    import_unreadable: 'Copy the file once more from where it lies, with its program closed, and import the copy.',
    import_schema_untrusted: 'Export the space once more as JSON, and import that: vivim space export',
    quota_exceeded:
      'What came in stays in. Make room (vivim erase) or ask whoever keeps this server for more, and import the same file again: it goes on with what is missing.',
  } satisfies Partial<Record<ErrorCode, string>>),
);

/** What a person can do about it; nothing where the reason says it all. */
const whatNext = (code: string): string[] => {
  const words = next.get(code);
  return words === undefined ? [] : [`  ${words}`];
};

function fileTally({ stored, known, unmentioned, leftOut }: ImportRun['report']['files']): string {
  const counts = { stored, 'here already': known, 'in no conversation': unmentioned, 'left out': leftOut };
  return Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([what, number]) => `${number.toLocaleString('en')} ${what}`)
    .join(', ');
}
const secretsFound = ({ found, masked }: ImportRun['report']['secrets']): string =>
  [
    `${found.toLocaleString('en')} found`,
    ...(masked > 0 ? [`${masked.toLocaleString('en')} masked`] : []),
    ...(found > masked ? ['see vivim secrets'] : []),
  ].join(', ');

/** Outcomes that happened; `degraded` overlaps the others and says so. */
function tally(outcomes: ImportRun['report']['conversations']): string {
  const { added, updated, unchanged, skipped, degraded } = outcomes;
  const parts = Object.entries({ added, updated, unchanged, skipped })
    .filter(([, number]) => number > 0)
    .map(([outcome, number]) => `${number.toLocaleString('en')} ${outcome}`);
  const text = parts.length === 0 ? 'none' : parts.join(', ');
  return degraded === 0 ? text : `${text}; ${degraded.toLocaleString('en')} of them with something missing`;
}

function issueLine({ severity, path, title, detail }: ImportIssue): string {
  return `  ${severity.padEnd(8)}  ${oneLine(path, 60)}${title === null ? '' : ` “${titleOf(title)}”`}: ${oneLine(detail, 200)}`;
}

/** What came in beside conversations. */
function besides({ memories, projects, documents, feedback }: ImportRun['report']['kept']): string {
  const parts = [
    memories === 0 ? '' : count(memories, 'memory', 'memories'),
    projects === 0 ? '' : count(projects, 'project'),
    documents === 0 ? '' : count(documents, 'document'),
    feedback === 0 ? '' : count(feedback, 'rating'),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
