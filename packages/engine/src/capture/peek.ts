/** Read the first entries of a list, just far enough to know what they are. */
import { AppError } from '@vivim/contract/errors';
import { type Shape, shapeOf } from './detect.ts';
import { elementLimits, type JsonElement, JsonElements } from './json-elements.ts';

export interface Peek {
  readonly form: 'json' | 'other';
  readonly shape: Shape | null;
  /** How many entries were looked at. */
  readonly elements: number;
  /** True where every entry seen was an empty object or list. */
  readonly hollow: boolean;
  /** True where an entry was too large to look at. */
  readonly tooLarge: boolean;
}

/** A corrupt entry may stand in front; a list whose first entries say nothing is not ours. */
const lookAt = 16;

/** @throws AppError `import_json_invalid`, and what the stream throws */
export async function peek(chunks: AsyncIterable<Buffer>): Promise<Peek> {
  const splitter = new JsonElements();
  let elements = 0;
  let full = 0;
  let refused: JsonElement['refused'] = null;
  const seen = (form: Peek['form'], shape: Shape | null): Peek => ({
    form,
    shape,
    elements,
    hollow: shape === null && full === 0,
    tooLarge: refused === 'too_large',
  });
  let begun = false;
  for await (const chunk of chunks) {
    if (!begun) {
      const first = chunk.subarray(0, 4096).toString('latin1').trimStart().charAt(0);
      if (first !== '' && first !== '[' && first !== '{') return seen('other', null);
      begun = first !== '';
    }
    for (const element of splitter.push(chunk)) {
      elements += 1;
      refused ??= element.refused;
      const value = element.bytes === null ? null : parse(element.bytes);
      if (element.bytes !== null && element.bytes.length > 2) full += 1;
      const shape = shapeOf(value);
      if (shape !== null) return seen('json', shape);
      if (elements >= lookAt) return seen('json', null);
    }
  }
  splitter.end();
  if (refused === 'too_deep' && full === 0) {
    throw new AppError(
      'import_json_invalid',
      `The file is nested deeper than ${elementLimits.depth} levels, the limit.`,
    );
  }
  return seen('json', null);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
