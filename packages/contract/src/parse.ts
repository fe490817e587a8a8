/** What comes in at an edge, as its schema has it, or a refusal that says in plain words which field is wrong and what it takes. */
import type { z } from 'zod';
import { AppError } from './errors.ts';

/** @throws AppError `request_invalid` naming the first field that does not fit */
export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value, { error: inPlainWords });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...(issue?.path ?? []), ...unknown].join('.');
  throw new AppError('request_invalid', issue?.message, field === '' ? {} : { field });
}

/** A value of few words is said in full; of a long list of choices so many. */
const choicesShown = 12;

/** What a schema that says nothing itself answers. Undefined leaves it to the library, whose words are for programmers. */
export function inPlainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'It is missing.'
        : `It must be ${typeNames[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `It must be ${choices(issue.values)}.`;
    case 'too_small':
      return issue.minimum === 1 && issue.inclusive !== false && issue.origin in measures
        ? 'It must not be empty.'
        : `It takes ${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.minimum, issue.origin)}.`;
    case 'too_big':
      return `It takes ${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.maximum, issue.origin)}.`;
    case 'not_multiple_of':
      return `It must be a multiple of ${issue.divisor}.`;
    case 'unrecognized_keys':
      return `There is no field ${issue.keys.join(', ')} here.${fieldsOf(issue.inst)}`;
    case 'invalid_format':
      return `It must be ${formats[issue.format] ?? 'of another form'}.`;
    case 'invalid_union':
      return either(issue.errors);
    default:
      return undefined;
  }
}

const must = 'It must be ';

/** What each of several forms would take, where each says one thing of the value itself. */
function either(forms: readonly (readonly Pick<z.core.$ZodIssue, 'message' | 'path'>[])[]): string {
  const said = forms.map(([first, ...others]) =>
    first !== undefined && others.length === 0 && first.path.length === 0 && first.message.startsWith(must)
      ? first.message.slice(must.length).replace(/\.$/, '')
      : null,
  );
  return said.length === 0 || said.includes(null)
    ? 'It has none of the forms it can have.'
    : `${must}${[...new Set(said)].join(', or ')}.`;
}

/** What an object takes instead of a field that is none of its own. */
function fieldsOf(inst: z.core.$ZodRawIssue['inst']): string {
  const def: object = inst?._zod.def ?? {};
  const names = 'shape' in def && typeof def.shape === 'object' && def.shape !== null ? Object.keys(def.shape) : [];
  const shown = names.slice(0, choicesShown).join(', ');
  return names.length === 0 ? '' : ` It takes ${shown}${names.length > choicesShown ? ' and others' : ''}.`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const formats: Readonly<Record<string, string>> = {
  date: 'a day, such as 2026-05-31',
  datetime: 'a time, such as 2026-05-31T09:00:00Z',
  email: 'an e-mail address',
  uuid: 'a UUID',
  url: 'an address, such as https://example.org',
  base64: 'base64',
  base64url: 'base64url',
  json_string: 'JSON',
};

/** What is counted of each kind of value; a number is its own measure. */
const measures: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
  map: ['entry', 'entries'],
  file: ['byte', 'bytes'],
};

function amount(limit: number | bigint, origin: string): string {
  const measure = measures[origin];
  return measure === undefined ? String(limit) : `${limit} ${limit === 1 ? measure[0] : measure[1]}`;
}

function choices(values: readonly unknown[]): string {
  const shown = values.slice(0, choicesShown).map(String);
  if (values.length === 1) return shown[0] ?? '';
  return values.length > choicesShown ? `one of ${shown.join(', ')} and others` : `one of ${shown.join(', ')}`;
}
