/** ChatGPT exports made in code: conversations that point to files the way real ones of each generation do. */

export interface MadeMessage {
  readonly id: string;
  readonly role?: 'user' | 'assistant' | 'tool';
  /** Text, or asset pointers as the export writes them. */
  readonly parts: readonly unknown[];
  readonly attachments?: readonly object[];
  readonly recipient?: string;
  readonly authorName?: string;
}

/** One conversation whose messages follow each other. */
export function chatgptConversation(id: string, title: string, messages: readonly MadeMessage[]): object {
  const nodes = messages.map((message, ix) => [
    message.id,
    {
      id: message.id,
      parent: messages[ix - 1]?.id ?? 'root',
      children: messages[ix + 1] === undefined ? [] : [messages[ix + 1]?.id],
      message: {
        id: message.id,
        author: { role: message.role ?? 'user', ...(message.authorName ? { name: message.authorName } : {}) },
        create_time: 1_780_000_000 + ix,
        recipient: message.recipient ?? 'all',
        content: {
          content_type: message.parts.every((part) => typeof part === 'string') ? 'text' : 'multimodal_text',
          parts: message.parts,
        },
        metadata: message.attachments ? { attachments: message.attachments } : {},
      },
    },
  ]);
  return {
    conversation_id: id,
    title,
    create_time: 1_780_000_000,
    update_time: 1_780_000_100,
    current_node: messages.at(-1)?.id,
    mapping: {
      root: { id: 'root', parent: null, children: [messages[0]?.id], message: null },
      ...Object.fromEntries(nodes),
    },
  };
}

export const imagePointer = (assetPointer: string, width = 8, height = 6): object => ({
  content_type: 'image_asset_pointer',
  asset_pointer: assetPointer,
  width,
  height,
  size_bytes: 100,
});
