/** Where files are dropped or chosen. The button is the way for keyboards and phones; dropping works on all of it. */
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { strings } from '../strings.ts';
import { Icon } from './icon.tsx';

export function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  // A file that misses the zone must not replace the page: that is what browsers do with it otherwise.
  useEffect(() => {
    const stay = (event: Event): void => event.preventDefault();
    addEventListener('dragover', stay);
    addEventListener('drop', stay);
    return () => {
      removeEventListener('dragover', stay);
      removeEventListener('drop', stay);
    };
  }, []);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <section
      className={over ? 'drop-zone over' : 'drop-zone'}
      aria-label={strings.import.drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Icon name="import" />
      <p className="drop-title">{over ? strings.import.dropNow : strings.import.drop}</p>
      <p className="note">{strings.import.or}</p>
      <button type="button" className="primary" onClick={() => input.current?.click()}>
        {strings.import.choose}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={strings.import.choose}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </section>
  );
}
