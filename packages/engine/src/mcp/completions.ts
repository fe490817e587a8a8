/** What a client may offer while its person types an argument: ids and names of subjects, ids of bundles, usual budgets. */
import type { CompleteRequest } from '@modelcontextprotocol/server';
import { type SubjectKind, subjectsNamed } from './subjects.ts';
import { readCall, type ToolWorld } from './tool.ts';

/** As many as the protocol allows in one answer. */
const most = 100;
const budgets = ['1000', '2000', '4000', '8000', '16000', '32000'];

const subjects: Readonly<Record<string, { readonly kind: SubjectKind; readonly prefix: string }>> = {
  'vivim://topics/{id}': { kind: 'topic', prefix: 't_' },
  'vivim://entities/{id}': { kind: 'entity', prefix: 'e_' },
};

/** Nothing for an argument that is the person's to write. */
export async function completions(world: ToolWorld, { ref, argument }: CompleteRequest['params']) {
  const { name, value } = argument;
  if (ref.type === 'ref/prompt') return answer(name === 'budget' ? budgets.filter((one) => one.startsWith(value)) : []);
  if (name !== 'id') return answer([]);
  const of = subjects[ref.uri];
  if (of !== undefined) return answer(await subjectNames(world, of.kind, of.prefix, value));
  return answer(ref.uri === 'vivim://bundles/{id}' ? await bundleIds(world, value) : []);
}

/** Names, which an address takes too; ids where one was begun. */
async function subjectNames(world: ToolWorld, kind: SubjectKind, prefix: string, value: string): Promise<string[]> {
  const q = value.trim() === '' ? undefined : value.trim();
  const found = await subjectsNamed(world, kind, { q }, most);
  return found.map(({ id, name }) => (id.startsWith(value) && value.startsWith(prefix) ? id : name));
}

async function bundleIds(world: ToolWorld, value: string): Promise<string[]> {
  const page = await world.handlers.listBundles(
    readCall(world, { params: {}, query: { limit: 200 }, body: undefined }),
  );
  return page.items.map(({ id }) => id).filter((id) => id.startsWith(value));
}

const answer = (values: readonly string[]) => {
  const unlike = [...new Set(values)];
  return { completion: { values: unlike.slice(0, most), total: unlike.length, hasMore: unlike.length > most } };
};
