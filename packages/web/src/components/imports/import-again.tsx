/**
 * The same file once more, taken for what its person says it is. One that was sent from this page is sent again as it is; any other
 * has to be chosen again, because the server keeps no file it is done with.
 */
import { useNavigate } from '@tanstack/react-router';
import type { ImportRun, ImportSource } from '@vivim/contract/imports';
import { useRef, useState } from 'react';
import { outgoingFile } from '../../api/outgoing.ts';
import { uploadQueue } from '../../api/upload-queue.ts';
import { strings } from '../../strings.ts';
import { SourceSelect } from './source-select.tsx';

const words = strings.import.again;

export function ImportAgain({ run }: { run: ImportRun }) {
  const [source, setSource] = useState<ImportSource | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const held = uploadQueue.sentAs(run.id);
  const go = (): void => {
    void navigate({ to: '/import' });
  };
  return (
    <form
      className="import-again"
      onSubmit={(event) => {
        event.preventDefault();
        if (held === undefined) input.current?.click();
        else {
          uploadQueue.add([{ ...held, source }]);
          go();
        }
      }}
    >
      <SourceSelect label={words.as} none={words.byShape} value={source} onChange={setSource} />
      <button type="submit">{held === undefined ? words.choose : words.send(run.fileName)}</button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={words.choose}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file === undefined) return;
          uploadQueue.add([outgoingFile(file, source)]);
          go();
        }}
      />
      {held === undefined && <p className="note">{words.notKept}</p>}
    </form>
  );
}
