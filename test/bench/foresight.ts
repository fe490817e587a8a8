/**
 * What is won by making ready what is asked next: the first question about a subject after the space changed, with nobody having said
 * anything before, with its page open, and with the question typed. In this process, words alone; making ready itself is not counted.
 */
import { join } from 'node:path';
import type { TopicId } from '@vivim/contract/ids';
import { SearchQuery } from '@vivim/contract/search';
import { searchRequest } from '@vivim/engine/context/search-request';
import type { Subject } from '@vivim/engine/space/stores/bundle-material';
import { foresightOf } from '../kit/foresight.ts';
import { rollUp } from '../kit/profiles.ts';
import { type Figure, p50p95, percentile, times } from './measure.ts';
import { filledSpace } from './space-files.ts';
import { writeExport } from './synthetic.ts';

const rounds = 72;
const unmeasured = 6;
const messages = 10_000;

export async function benchForesight(scratch: string): Promise<Figure[]> {
  const path = join(scratch, 'foresight.json');
  writeExport(path, { messages }, 31);
  const { space } = await filledSpace(scratch, path);
  try {
    await rollUp(space);
    const topics = space.read((r) => r.bundles.material.subjects('topic', 24));
    if (topics.length === 0) throw new Error('The history has no topic.');
    const hers = foresightOf(space);
    /** As an import does it that says something of the topic: its bundle is to be made anew, and what was ready is not any more. */
    const change = (topic: Subject): void => space.write((w) => w.bundles.markDirty('topic', [topic.id]));
    const questionAbout = ({ name }: Subject): string => `What did we say about ${name}, and why?`;
    const measure = async (before: (topic: Subject) => Promise<void>, ask: (topic: Subject) => Promise<unknown>) => {
      const taken: number[] = [];
      for (let round = -unmeasured; round < rounds; round += 1) {
        const topic = topics[(round + unmeasured) % topics.length] as Subject;
        // Whoever was there is gone: more than five minutes, and more than what a session may say at once takes.
        hers.clock.ms += 600_000;
        change(topic);
        await before(topic);
        const start = performance.now();
        await ask(topic);
        if (round >= 0) taken.push(performance.now() - start);
      }
      return taken;
    };
    const nothing = async (): Promise<void> => {};
    const open = (topic: Subject): Promise<void> => hers.show({ topicId: topic.id as TopicId });
    const typed = (topic: Subject): Promise<void> => hers.show({ typed: questionAbout(topic) });
    const context = (topic: Subject): Promise<unknown> => hers.ask(questionAbout(topic));
    const search = ({ name }: Subject): Promise<unknown> =>
      hers.retrievals.retrieve(searchRequest(SearchQuery.parse({ q: name, limit: 20 })));
    const cold = await measure(nothing, context);
    const coldSearch = await measure(nothing, search);
    const figure = (what: string, warm: readonly number[], of: readonly number[]): Figure => ({
      what,
      value: p50p95(warm),
      raw: p50p95(of),
      ratio: times(percentile(warm, 0.5) / percentile(of, 0.5)),
    });
    const size = `${messages.toLocaleString('en')} messages`;
    return [
      figure(`context, its topic was open, ${size}; beside it: nothing made ready`, await measure(open, context), cold),
      figure(`context, it was typed, ${size}; the same`, await measure(typed, context), cold),
      figure(
        `first page of a search for a topic that was open, ${size}; the same`,
        await measure(open, search),
        coldSearch,
      ),
    ];
  } finally {
    space.close();
  }
}
