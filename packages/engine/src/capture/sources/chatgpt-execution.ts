/** What code that ChatGPT ran gave, as the metadata of the message tells it: where its content holds no words, and pictures it drew. Pure. */
import type { CanonicalPart } from '../canonical.ts';
import { linkedPart } from './attachments.ts';
import { pointed } from './chatgpt-assets.ts';
import type { ContentContext } from './chatgpt-content-context.ts';
import { asArray, asName, asRecord, asRecords, type JsonRecord } from './json-value.ts';

/** One run, or a list of them. */
const resultsOf = (metadata: JsonRecord): readonly JsonRecord[] =>
  Array.isArray(metadata.aggregate_result)
    ? asRecords(metadata.aggregate_result)
    : asRecords([metadata.aggregate_result]);

/** The program that ran, where the message that asked for it does not say it: in some exports it stands here alone. */
export const ran = ({ metadata, asked }: ContentContext): CanonicalPart[] =>
  resultsOf(metadata).flatMap((result): CanonicalPart[] => {
    const code = asName(result.code);
    return code === null || asked.includes(code.trim()) ? [] : [{ kind: 'code', text: code }];
  });

/** Everything that was printed, the value of the last line, and why it stopped. '' where that is nothing. */
export const printed = (metadata: JsonRecord): string =>
  resultsOf(metadata)
    .map(printedBy)
    .filter((text) => text !== '')
    .join('\n');

function printedBy(result: JsonRecord): string {
  const lines = asRecords(result.messages).flatMap((message) => asName(message.text) ?? []);
  const stopped = [asRecord(result.in_kernel_exception), asRecord(result.system_exception)].flatMap((exception) =>
    exception === null
      ? []
      : (asName(asArray(exception.traceback).filter(isText).join('\n')) ?? asName(exception.name) ?? []),
  );
  return [lines.join(''), asName(result.final_expression_output) ?? '', ...stopped]
    .filter((text) => text !== '')
    .join('\n');
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** Pictures it drew, by their pointers. */
export const drawn = (context: ContentContext): CanonicalPart[] =>
  resultsOf(context.metadata)
    .flatMap(({ messages }) => asRecords(messages))
    .flatMap((message): CanonicalPart[] => {
      const address = asName(message.image_url);
      if (message.message_type !== 'image' || address === null) return [];
      if (address.startsWith('data:')) return [linkedPart(address, 'image')];
      return [pointed('image', { ...message, asset_pointer: address }, context)];
    });
