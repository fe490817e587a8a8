/**
 * Evaluation sets: corpora of conversations in the generic import format, with questions and the external ids of the
 * messages that hold the evidence. They lie outside the project, because their licences do not let it carry them.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Question = z.object({
  id: z.string(),
  category: z.string(),
  question: z.string().min(1),
  evidence: z.array(z.string()),
});
const Corpus = z.object({
  id: z.string(),
  conversations: z.array(z.unknown()),
  questions: z.array(Question),
});
const EvalSet = z.object({ name: z.string(), corpora: z.array(Corpus).min(1) });

export type Question = z.infer<typeof Question>;
export type Corpus = z.infer<typeof Corpus>;
export type EvalSet = z.infer<typeof EvalSet>;

/** Questions without evidence measure nothing here and are left out. @throws Error that names the file and what it lacks */
export function readEvalSet(path: string): EvalSet {
  const parsed = EvalSet.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is no evaluation set: ${z.prettifyError(parsed.error)}`);
  const { name, corpora } = parsed.data;
  return {
    name,
    corpora: corpora.map((corpus) => ({
      ...corpus,
      questions: corpus.questions.filter(({ evidence }) => evidence.length > 0),
    })),
  };
}

/** Groups of categories that the design's tables use; a group stands for the categories a set really has. */
const groups: Readonly<Record<string, (category: string) => boolean>> = {
  'all without adversarial': (category) => category !== 'adversarial',
  lookup: (category) =>
    [
      'information_extraction',
      'knowledge_update',
      'contradiction_resolution',
      'temporal_reasoning',
      'multi_session_reasoning',
    ].includes(category),
  'instruction and preference': (category) => /^(instruction|preference)_following$/.test(category),
  'event ordering and summarization': (category) => /^(event_ordering|summarization)$/.test(category),
};

/** Every line of the table: each category, the groups that gather some of them but not all, and all. */
export function linesOf(
  categories: readonly string[],
): { readonly name: string; readonly holds: (category: string) => boolean }[] {
  const known = [...new Set(categories)].sort();
  const gathering = Object.entries(groups).filter(([, holds]) => {
    const held = known.filter(holds).length;
    return held > 1 && held < known.length;
  });
  return [
    ...known.map((name) => ({ name, holds: (category: string) => category === name })),
    ...gathering.map(([name, holds]) => ({ name, holds })),
    { name: 'all', holds: () => true },
  ];
}
