/** Archives that lie in archives, up to five deep, spoiled at every depth; beside the innermost, a conversation that is sound. */
import fc from 'fast-check';
import { dialogue } from './exports.ts';
import { spoiledFile } from './spoiled-files.ts';
import { zipOf } from './zip-builder.ts';

export interface SpoiledArchive {
  readonly bytes: Buffer;
  /** Whether the outermost archive itself was left sound. */
  readonly whole: boolean;
}

const sound = { name: 'beside.json', bytes: JSON.stringify([dialogue('beside', 'Beside', ['Hi', 'Hello'])]) };
const changes = fc.array(fc.record({ at: fc.nat(20_000), byte: fc.nat(255) }), { maxLength: 3 });

function spoil(bytes: Buffer, at: readonly { readonly at: number; readonly byte: number }[]): Buffer {
  const changed = Buffer.from(bytes);
  for (const change of at) if (changed.length > 0) changed[change.at % changed.length] = change.byte;
  return changed;
}

export const spoiledArchive = (seed: Buffer): fc.Arbitrary<SpoiledArchive> =>
  fc
    .record({
      file: spoiledFile(seed),
      name: fc.constantFrom('conversations.json', 'a/b/chat.jsonl', 'x', 'inner.zip', '../up.json'),
      levels: fc.array(fc.tuple(fc.constantFrom('inner.zip', 'Downloads/export.ZIP', 'user-files/x.zip'), changes), {
        minLength: 1,
        maxLength: 5,
      }),
      outer: fc.option(changes, { nil: [] }),
    })
    .map(({ file, name, levels, outer }) => {
      let inner = zipOf([{ name, bytes: file }]);
      for (const [called, spoilt] of levels) inner = zipOf([{ name: called, bytes: spoil(inner, spoilt) }, sound]);
      return { bytes: spoil(inner, outer), whole: outer.length === 0 };
    });
