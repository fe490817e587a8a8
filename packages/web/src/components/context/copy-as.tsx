/** The same bundle in another format: to the clipboard, or as a file. Asked for when somebody wants it. */
import type { BundleFormat } from '@vivim/contract/recipe';
import { bundleFormats } from '@vivim/contract/recipe-words';
import { api } from '../../api/client.ts';
import { ownTimeZone } from '../../format.ts';
import type { Compiled } from '../../hooks/use-bundle.ts';
import { strings } from '../../strings.ts';
import { Menu, MenuItem, MenuLine } from '../kit/menu.tsx';
import { say, sayProblem } from '../kit/toast-queue.ts';

const words = strings.context;
const endings = {
  markdown: ['md', 'text/markdown'],
  xml: ['xml', 'application/xml'],
  json: ['json', 'application/json'],
  messages: ['messages.json', 'application/json'],
} as const satisfies Record<BundleFormat, readonly [string, string]>;

async function textAs({ input, bundle }: Compiled, format: BundleFormat): Promise<string> {
  if (bundle.format === format) return bundle.text;
  return (await api.createContext({ body: { ...input, format, timeZone: ownTimeZone() } })).text;
}

function save(text: string, format: BundleFormat): void {
  const [ending, type] = endings[format];
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `context.${ending}`;
  link.click();
  URL.revokeObjectURL(url);
}

export function CopyAs({ compiled }: { compiled: Compiled }) {
  const run = async (format: BundleFormat, then: (text: string) => Promise<void> | void): Promise<void> => {
    try {
      await then(await textAs(compiled, format));
    } catch (error) {
      sayProblem(error);
    }
  };
  const copy = (format: BundleFormat) =>
    run(format, async (text) => {
      await navigator.clipboard.writeText(text);
      say(words.copied(words.formats[format]));
    });
  return (
    <Menu trigger={<button type="button">{words.copyAs}</button>}>
      {bundleFormats.map((format) => (
        <MenuItem key={format} onSelect={() => void copy(format)}>
          {words.copyOf(words.formats[format])}
        </MenuItem>
      ))}
      <MenuLine />
      {bundleFormats.map((format) => (
        <MenuItem key={format} onSelect={() => void run(format, (text) => save(text, format))}>
          {words.saveOf(words.formats[format])}
        </MenuItem>
      ))}
    </Menu>
  );
}
