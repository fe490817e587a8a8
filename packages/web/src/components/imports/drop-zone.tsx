/** Where files and folders are dropped or chosen. The buttons are the way for keyboards and phones; dropping works on all of it. */
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import {
  canChooseFolders,
  chosenFolder,
  droppedFolder,
  type GivenFolder,
  isDirectory,
} from '../../api/given-folder.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';

interface Props {
  onFiles: (files: readonly File[]) => void;
  onFolder: (folder: GivenFolder) => void;
  /** What else can be said of what is given. */
  children?: ReactNode;
}

/** What was dropped: folders to walk, and files. To be asked while the drop is told of; later the browser gives nothing. */
function dropped({ items }: DataTransfer): { folders: FileSystemDirectoryEntry[]; files: File[] } {
  const folders: FileSystemDirectoryEntry[] = [];
  const files: File[] = [];
  for (const item of items) {
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry !== null && isDirectory(entry)) folders.push(entry);
    else if (file !== null) files.push(file);
  }
  return { folders, files };
}

/** A button that opens the browser's own choice. @param folder one folder, instead of files */
function Choice({ words, folder, onChosen }: { words: string; folder: boolean; onChosen: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // React knows no such attribute.
    if (folder) input.current?.setAttribute('webkitdirectory', '');
  }, [folder]);
  return (
    <>
      <button type="button" className={folder ? '' : 'primary'} onClick={() => input.current?.click()}>
        {words}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={words}
        onChange={(event) => {
          onChosen([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}

export function DropZone({ onFiles, onFolder, children }: Props) {
  const [over, setOver] = useState(false);
  const [looking, setLooking] = useState('');
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
  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setOver(false);
    const { folders, files } = dropped(event.dataTransfer);
    onFiles(files);
    for (const folder of folders) {
      onFolder(await droppedFolder(folder, (found) => setLooking(strings.folders.looking(folder.name, found))));
      setLooking('');
    }
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
      onDrop={(event) => void drop(event)}
    >
      <Icon name="import" />
      <p className="drop-title">{over ? strings.import.dropNow : strings.import.drop}</p>
      <p className="note">{strings.import.or}</p>
      <p className="actions">
        <Choice words={strings.import.choose} folder={false} onChosen={onFiles} />
        {canChooseFolders && (
          <Choice
            words={strings.folders.choose}
            folder
            onChosen={(files) => {
              const folder = chosenFolder(files);
              setLooking(folder === null ? strings.folders.nothing : '');
              if (folder !== null) onFolder(folder);
            }}
          />
        )}
      </p>
      {children}
      {!canChooseFolders && <p className="note">{strings.folders.cannotChoose}</p>}
      <p className="note" role="status">
        {looking}
      </p>
    </section>
  );
}
