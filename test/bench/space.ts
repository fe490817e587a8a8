/**
 * What a database of one's own costs: each goal of a space, as a ratio to the bare driver doing the same in the same run,
 * and to one PostgreSQL shared by all.
 */
import { join } from 'node:path';
import type { TestServer } from '../kit/server.ts';
import type { Figure } from './measure.ts';
import { benchNeighbour } from './neighbour.ts';
import { benchSharedPostgres } from './shared-postgres.ts';
import { filledSpace } from './space-files.ts';
import { benchOpening } from './space-opening.ts';
import { benchReading } from './space-reading.ts';
import { writeExport } from './synthetic.ts';

const messages = 10_000;

export async function benchSpace(server: TestServer, scratch: string): Promise<Figure[]> {
  const exportPath = join(scratch, 'space.json');
  writeExport(exportPath, { messages, longest: 2_000 }, 23);
  const filled = await filledSpace(scratch, exportPath);
  try {
    const { figures, question, vivimMs } = benchReading(filled, scratch, exportPath);
    return [
      ...figures,
      ...(await benchSharedPostgres(scratch, exportPath, question, vivimMs)),
      ...(await benchOpening(filled.space, scratch)),
      ...(await benchNeighbour(server, scratch)),
    ];
  } finally {
    filled.space.close();
  }
}
