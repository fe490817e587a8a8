/** States something to be remembered. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type MemoryKind, memoryKinds } from '@vivim/contract/memory';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

const words = strings.memories;

export function MemoryForm() {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<MemoryKind>('fact');
  const add = useMutation({
    mutationFn: () => api.createMemory({ body: { text, kind } }),
    onSuccess: async () => {
      setText('');
      await client.invalidateQueries({ queryKey: ['memories'] });
    },
  });
  return (
    <form
      className="card memory-edit"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <textarea
        aria-label={words.add}
        placeholder={words.add}
        maxLength={4_000}
        rows={2}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <select aria-label={words.addKind} value={kind} onChange={(event) => setKind(event.target.value as MemoryKind)}>
        {memoryKinds.map((one) => (
          <option key={one} value={one}>
            {words.kinds[one]}
          </option>
        ))}
      </select>
      <button type="submit" className="primary" disabled={add.isPending || text.trim() === ''}>
        {words.addAction}
      </button>
      {add.error !== null && <Problem error={add.error} />}
    </form>
  );
}
