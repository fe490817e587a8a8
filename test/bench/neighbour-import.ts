/**
 * A process of its own that brings one file in for one new person after the other, so that what uploads cost a client is nothing the
 * one who measures feels: `node neighbour-import.ts URL FILE`. Writes the name of what begins, a line each, until it is told to end by
 * the end of its input, and ends with the round it is in.
 */
import { importEnd, quiet, signUp } from '../kit/people.ts';
import { uploadFile } from './upload.ts';

/** What the importing person's engine is at: what follows an import is topics, memories and what is compiled of them. */
export type Stage = 'between' | 'upload' | 'import' | 'following';

const [url = '', file = ''] = process.argv.slice(2);
const begin = (stage: Stage): void => {
  process.stdout.write(`${stage}\n`);
};

let goesOn = true;
process.stdin.once('end', () => {
  goesOn = false;
});
process.stdin.resume();

while (goesOn) {
  begin('between');
  const person = await signUp(url);
  begin('upload');
  const { id } = await uploadFile(url, person, file);
  begin('import');
  if ((await importEnd(person, id)).state !== 'done') throw new Error('The import failed.');
  begin('following');
  await quiet(person, { embedding: false });
}
