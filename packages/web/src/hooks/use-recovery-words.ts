/** The 24 words as they are typed, and the key made of them. A mistake is told apart from another and said in words. */
import type { RecoveryKey } from '@vivim/contract/recovery-key';
import { useState } from 'react';
import { type ReadWords, readRecovery } from '../api/recovery-words.ts';
import { list, number } from '../count.ts';
import { strings } from '../strings.ts';

const mistake = (read: Exclude<ReadWords, { outcome: 'read' }>): string => {
  if (read.outcome === 'count') return strings.words.count(number(read.count));
  return read.outcome === 'unknown' ? strings.words.unknown(list(read.words)) : strings.words.mistaken;
};

export interface TypedWords {
  readonly text: string;
  /** What is wrong with them, once they were read. */
  readonly wrong: string | null;
  readonly set: (text: string) => void;
  /** The key, or null where something is wrong. */
  readonly read: () => Promise<RecoveryKey | null>;
}

export function useRecoveryWords(): TypedWords {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  return {
    text,
    wrong,
    set(words) {
      setText(words);
      setWrong(null);
    },
    async read() {
      const read = await readRecovery(text);
      if (read.outcome === 'read') return read.key;
      setWrong(mistake(read));
      return null;
    },
  };
}
