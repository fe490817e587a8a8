/**
 * A ChatGPT-shaped export of any size, made from a seed: the same seed gives the same bytes. Words follow Zipf's law over
 * a made-up vocabulary, so that full-text search meets common and rare terms as it would in real text.
 */
import { closeSync, openSync, writeSync } from 'node:fs';

/** mulberry32: small, fast, seedable; no cryptography. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const syllables = 'ba ce di fo gu la me ni po ru sa te vi wo ya zu kra ste pli dro qua nel tor min sol ver'.split(' ');
const common =
  'the a of to and in is it you that for on with as are be this have from or we can will not your if'.split(' ');

export class Writer {
  #next: () => number;
  readonly #vocabulary: readonly string[];

  /**
   * @param seed of its vocabulary
   * @param saying seed of what it says in those words. Without one it goes on from the vocabulary's; beginning later there would not
   *   do for another history, because sentences fall in step with those that were said there
   */
  constructor(seed: number, saying?: number) {
    this.#next = random(seed);
    const words = new Set<string>();
    while (words.size < 20_000) words.add(this.#syllables(2 + Math.floor(this.#next() * 3)));
    this.#vocabulary = [...words];
    if (saying !== undefined) this.#next = random(saying);
  }

  #syllables(count: number): string {
    return Array.from({ length: count }, () => syllables[Math.floor(this.#next() * syllables.length)]).join('');
  }

  /** A content word; low ranks come often. */
  word(): string {
    const rank = Math.floor(this.#vocabulary.length ** this.#next()) - 1;
    return this.#vocabulary[rank] ?? 'vivim';
  }

  sentence(): string {
    const words = Array.from({ length: 6 + Math.floor(this.#next() * 14) }, () =>
      this.#next() < 0.45 ? (common[Math.floor(this.#next() * common.length)] ?? 'the') : this.word(),
    );
    const [first = 'a', ...rest] = words;
    return `${[first[0]?.toUpperCase() + first.slice(1), ...rest].join(' ')}${this.#next() < 0.2 ? '?' : '.'}`;
  }

  text(sentences: number): string {
    return Array.from({ length: sentences }, () => this.sentence()).join(' ');
  }

  answer(): string {
    const shape = this.#next();
    if (shape < 0.2)
      return `${this.text(2)}\n\n\`\`\`ts\nconst ${this.word()} = ${Math.floor(this.#next() * 1e6)};\n\`\`\`\n\n${this.text(2)}`;
    if (shape < 0.4) return `${this.text(1)}\n\n${Array.from({ length: 4 }, () => `- ${this.sentence()}`).join('\n')}`;
    return `${this.text(3)}\n\n${this.text(3)}`;
  }

  uuid(): string {
    const hex = Array.from({ length: 32 }, () => Math.floor(this.#next() * 16).toString(16)).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** One conversation of the export, and the plain texts of its messages. */
  conversation(turns: number): { json: object; texts: string[] } {
    const texts: string[] = [];
    const created = 1_600_000_000 + Math.floor(this.#next() * 150_000_000);
    const root = this.uuid();
    const mapping: Record<string, object> = {
      [root]: { id: root, message: null, parent: null, children: [] as string[] },
    };
    let parent = root;
    for (let turn = 0; turn < turns; turn += 1) {
      for (const role of ['user', 'assistant']) {
        const id = this.uuid();
        const text = role === 'user' ? this.text(2) : this.answer();
        texts.push(text);
        (mapping[parent] as { children: string[] }).children.push(id);
        mapping[id] = {
          id,
          parent,
          children: [] as string[],
          message: {
            id,
            author: { role, name: null, metadata: {} },
            create_time: created + turn * 60,
            update_time: null,
            content: { content_type: 'text', parts: [text] },
            status: 'finished_successfully',
            end_turn: true,
            weight: 1,
            metadata: role === 'assistant' ? { model_slug: 'model-x', finish_details: { type: 'stop' } } : {},
            recipient: 'all',
            channel: null,
          },
        };
        parent = id;
      }
    }
    const id = this.uuid();
    return {
      texts,
      json: {
        id,
        conversation_id: id,
        title: this.text(1).slice(0, 60),
        create_time: created,
        update_time: created + turns * 60,
        current_node: parent,
        mapping,
        default_model_slug: 'model-x',
      },
    };
  }
}

export interface SyntheticExport {
  readonly bytes: number;
  readonly conversations: number;
  readonly messages: number;
}

/**
 * Write an export until it has this many messages or bytes, whichever comes first.
 * @param until.longest messages of its first conversation
 * @param from a seed, or a writer that goes on where it is
 */
export function writeExport(
  path: string,
  until: { messages?: number; bytes?: number; longest?: number },
  from: number | Writer = 1,
): SyntheticExport {
  const writer = typeof from === 'number' ? new Writer(from) : from;
  const file = openSync(path, 'w');
  let bytes = writeSync(file, '[');
  let conversations = 0;
  let messages = 0;
  while (messages < (until.messages ?? Number.POSITIVE_INFINITY) && bytes < (until.bytes ?? Number.POSITIVE_INFINITY)) {
    const { json, texts } = writer.conversation(conversations === 0 ? (until.longest ?? 20) / 2 : 10);
    bytes += writeSync(file, `${conversations === 0 ? '' : ',\n'}${JSON.stringify(json)}`);
    conversations += 1;
    messages += texts.length;
  }
  bytes += writeSync(file, ']');
  closeSync(file);
  return { bytes, conversations, messages };
}
