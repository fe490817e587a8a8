/** How fast each source turns the records of its small sample into conversations and units, against `JSON.parse` of the same bytes, in processor time. No database. */
import { type Source, sources } from '@vivim/contract/conversation';
import { conversationInput } from '@vivim/engine/capture/conversation-input';
import { conversationUnits } from '@vivim/engine/capture/conversation-units';
import { planExport } from '@vivim/engine/capture/export-plan';
import { elementsFrom } from '@vivim/engine/capture/import-run';
import { contextFor } from '@vivim/engine/capture/plan-shape';
import { readRecord } from '@vivim/engine/capture/read-record';
import { fileOf } from '../../kit/capture.ts';
import { sourceSeeds } from '../../kit/source-seeds.ts';
import { type Figure, stopwatch, times } from '../measure.ts';

const longSeconds = 0.2;

/** Bytes a second of processor time, warm. */
function rate(bytes: number, work: () => void): number {
  for (let round = 0; round < 300; round += 1) work();
  const spent = stopwatch();
  let rounds = 0;
  while (spent().processor < longSeconds) {
    for (let more = 0; more < 10; more += 1) work();
    rounds += 10;
  }
  return (bytes * rounds) / spent().processor;
}

export async function benchReading(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const source of sources) figures.push(await ofSource(source));
  return figures;
}

async function ofSource(source: Source): Promise<Figure> {
  const plan = await planExport(fileOf(sourceSeeds[source]), 'a file', source);
  const context = contextFor(plan, source);
  const records: Buffer[] = [];
  for await (const { bytes } of { [Symbol.asyncIterator]: () => elementsFrom(plan, { stream: 0, element: 0 }) })
    if (bytes !== null) records.push(bytes);
  const size = records.reduce((sum, { length }) => sum + length, 0);
  let messages = 0;
  const ours = rate(size, () => {
    messages = 0;
    for (const record of records) {
      const reading = readRecord(source, record, context);
      if (reading.outcome !== 'conversation') continue;
      messages += reading.conversation.messages.length;
      conversationUnits(conversationInput(reading.conversation));
    }
  });
  const what = `${source}: read and cut into units, ${size} bytes`;
  const value = `${(ours / 1e6).toFixed(1)} MB/s, ${((messages * ours) / size).toFixed(0)} messages/s`;
  if (!isJson(records)) return { what, value };
  const raw = rate(size, () => {
    for (const record of records) JSON.parse(record.toString('utf8'));
  });
  return { what, value, raw: `${(raw / 1e6).toFixed(1)} MB/s`, ratio: times(ours / raw) };
}

function isJson(records: readonly Buffer[]): boolean {
  try {
    for (const record of records) JSON.parse(record.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
