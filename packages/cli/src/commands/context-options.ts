/** The settings of a context as options of commands, and read back from them. What is not said is left to the recipe. */
import { Source } from '@vivim/contract/conversation';
import { budgetLimits, bundleFormats, Depth, type LayerWeights, type RecipeSettings } from '@vivim/contract/recipe';
import { tokenizerNames } from '@vivim/contract/tokenizers';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from './options.ts';

export interface SettingOptions {
  readonly budget?: number;
  readonly format?: RecipeSettings['format'];
  readonly depth?: RecipeSettings['depth'];
  readonly tokenizer?: RecipeSettings['tokenizer'];
  readonly model?: string;
  readonly weight?: LayerWeights;
  readonly source?: Source[];
  readonly withoutSource?: Source[];
  readonly longestQuote?: number;
  readonly persona?: string;
}

const weighed = /^(L[0-6])=(\d(?:\.\d+)?)$/;

function weight(text: string, before: LayerWeights = {}): LayerWeights {
  const [, layer, times] = weighed.exec(text.trim()) ?? [];
  if (layer === undefined || Number(times) > 3)
    throw new InvalidArgumentError('Say a layer and a number from 0 to 3, like L5=1.5.');
  return { ...before, [layer]: Number(times) };
}

function source(text: string, before: Source[] = []): Source[] {
  const read = Source.safeParse(text);
  if (!read.success) throw new InvalidArgumentError('No source has this name; `vivim imports list` shows yours.');
  return [...before, read.data];
}

/** Add every setting of a context to a command. */
export function addContextSettings(command: Command): Command {
  return command
    .addOption(
      new Option(
        '-b, --budget <tokens>',
        `never more than this many (${budgetLimits.default} where no recipe says so)`,
      ).argParser(wholeNumber(budgetLimits.min, budgetLimits.max)),
    )
    .addOption(new Option('-f, --format <format>', 'how the text is laid out').choices(bundleFormats))
    .addOption(new Option('--depth <depth>', 'how far to look').choices(Depth.options))
    .option('--model <name>', 'the model that will read it: chooses what counts the tokens')
    .addOption(new Option('--tokenizer <name>', 'what counts the tokens').choices(tokenizerNames))
    .addOption(
      new Option(
        '--weight <layer=times>',
        'how much of the budget a layer may claim, 0 to 3; may be repeated',
      ).argParser(weight),
    )
    .addOption(
      new Option('--source <name>', 'quote conversations of this source alone; may be repeated').argParser(source),
    )
    .addOption(new Option('--without-source <name>', 'quote none of this source; may be repeated').argParser(source))
    .addOption(
      new Option('--longest-quote <characters>', 'quote longer words from their beginning').argParser(
        wholeNumber(80, 100_000),
      ),
    )
    .option('--persona <text>', 'who the one that answers is to be, and how');
}

/** What of it was said. */
export function contextSettingsOf(options: SettingOptions): RecipeSettings {
  const { source: only, withoutSource: except, weight: weights, ...plain } = options;
  const { budget, format, depth, tokenizer, model, longestQuote, persona } = plain;
  const sources = {
    ...(only === undefined ? {} : { only }),
    ...(except === undefined ? {} : { except }),
  };
  return Object.fromEntries(
    Object.entries({
      budget,
      format,
      depth,
      tokenizer,
      model,
      weights,
      longestQuote,
      persona,
      sources: only === undefined && except === undefined ? undefined : sources,
    }).filter(([, value]) => value !== undefined),
  );
}
