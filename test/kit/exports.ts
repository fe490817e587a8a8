/** Small exports of made-up people, as values: the project's own, copied from nobody. */

/** Numbers a test's conversations, so that two exports of one person differ where they should. */
export interface ChatGptTurn {
  readonly id: string;
  readonly parent: string | null;
  readonly role: 'user' | 'assistant' | 'system';
  readonly text: string;
}

/** One conversation in the shape of ChatGPT's export. The last turn is the active one. */
export function chatGptConversation(
  id: string,
  title: string,
  turns: readonly ChatGptTurn[],
  at = 1_750_000_000,
): object {
  const childrenOf = (parent: string | null) => turns.filter((turn) => turn.parent === parent).map((turn) => turn.id);
  const node = (turn: ChatGptTurn, index: number) => ({
    id: turn.id,
    parent: turn.parent ?? `${id}-root`,
    children: childrenOf(turn.id),
    message: {
      id: turn.id,
      author: { role: turn.role, name: null, metadata: {} },
      create_time: at + index * 60,
      content: { content_type: 'text', parts: [turn.text] },
      status: 'finished_successfully',
      weight: 1,
      metadata: {},
      recipient: 'all',
    },
  });
  return {
    id,
    conversation_id: id,
    title,
    create_time: at,
    update_time: at + turns.length * 60,
    current_node: turns.at(-1)?.id ?? `${id}-root`,
    mapping: {
      [`${id}-root`]: { id: `${id}-root`, parent: null, children: childrenOf(null), message: null },
      ...Object.fromEntries(turns.map((turn, index) => [turn.id, node(turn, index)])),
    },
  };
}

/** A dialogue: user and assistant in turn, each answering the one before. */
export function dialogue(id: string, title: string, lines: readonly string[], at?: number): object {
  const turns = lines.map(
    (text, index): ChatGptTurn => ({
      id: `${id}-${index}`,
      parent: index === 0 ? null : `${id}-${index - 1}`,
      role: index % 2 === 0 ? 'user' : 'assistant',
      text,
    }),
  );
  return chatGptConversation(id, title, turns, at);
}

/** What Alice talked about. Bob's never mentions any of it. */
export const aliceExport = JSON.stringify([
  dialogue('alice-garden', 'Tomatoes on the balcony', [
    'I live in Lisbon and want to grow San Marzano tomatoes on my balcony. When do I sow them?',
    'In Lisbon you can sow San Marzano indoors in late February and move them out in April, once nights stay above 10 °C.',
    'I decided to use 20 litre pots. Please always answer me in metric units.',
    'Good choice: 20 litres gives each plant enough root space. I will use metric units.',
  ]),
  dialogue('alice-ferry', 'Ferry to Berlengas', [
    'My sister Marta and I want to visit the Berlengas islands in June. Which ferry should we book?',
    'The ferries leave from Peniche. Book the Viamar crossing a week ahead in June; it takes about 45 minutes.',
  ]),
]);

export const bobExport = JSON.stringify([
  dialogue('bob-rust', 'Borrow checker', [
    'Why does the Rust borrow checker refuse two mutable references to my vector?',
    'Because two mutable references could invalidate each other. Use split_at_mut to get disjoint slices.',
  ]),
]);

/** An export of many conversations, each with words of its own. */
export const manyConversations = (count: number, turns = 6): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, index) =>
      dialogue(
        `many-${index}`,
        `Conversation number ${index}`,
        Array.from(
          { length: turns },
          (__, turn) =>
            `Line ${turn} of talk ${index}: the lighthouse keeper wrote word${index}x${turn} in the log. It was a calm evening.`,
        ),
        1_600_000_000 + index * 3_600,
      ),
    ),
  );
