/** A folder before anything of it is sent: what goes, what stays and why, and what it is to be taken for. */

import { recogniseFiles } from '@vivim/contract/folder/program-files';
import { limits } from '@vivim/contract/http';
import type { ImportSource } from '@vivim/contract/imports';
import { useState } from 'react';
import type { GivenFolder } from '../../api/given-folder.ts';
import { folderBytes, type Outgoing, outgoingFolder } from '../../api/outgoing.ts';
import { number } from '../../count.ts';
import { bytes } from '../../format.ts';
import { strings } from '../../strings.ts';
import { SourceSelect } from './source-select.tsx';

interface Props {
  folder: GivenFolder;
  /** What was said of it before it was given. */
  taken: ImportSource | null;
  onSend: (outgoing: Outgoing) => void;
  onLeave: () => void;
}

const words = strings.folders;
/** Whoever chose a folder by keyboard goes on here. */
const focus = (heading: HTMLElement | null): void => heading?.focus();

function Recognised({ folder }: { folder: GivenFolder }) {
  return (
    <dl className="recognised">
      {recogniseFiles(folder.files).map(({ source, why, files, bytes: size }) => (
        <div key={source ?? ''}>
          <dt>{source === null ? words.unknown : strings.sources[source]}</dt>
          <dd>
            {words.sum(files, bytes(size))}
            <small className="note"> {words.why(why)}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Left({ left }: { left: readonly string[] }) {
  if (left.length === 0) return <p className="note">{words.leftNone}</p>;
  return (
    <details>
      <summary>{words.left(number(left.length))}</summary>
      <ul className="plain note left-out">
        {left.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

export function FolderReview({ folder, taken, onSend, onLeave }: Props) {
  const [source, setSource] = useState<ImportSource | null>(taken);
  const size = folderBytes(folder);
  const refusal =
    folder.files.length === 0
      ? words.nothing
      : size > limits.upload
        ? strings.import.tooLarge(bytes(limits.upload))
        : null;
  return (
    <section className="card run" aria-label={words.review(folder.name)}>
      <h2 ref={focus} tabIndex={-1}>
        {words.review(folder.name)}
      </h2>
      <p>{refusal ?? words.goes(folder.files.length, bytes(size))}</p>
      {folder.files.length > 0 && <Recognised folder={folder} />}
      <Left left={folder.left} />
      <p className="note">{words.links}</p>
      {refusal === null && (
        <SourceSelect label={words.takenFor} none={words.byShape} value={source} onChange={setSource} />
      )}
      <p className="actions">
        {refusal === null && (
          <button
            type="button"
            className="primary"
            aria-label={words.sendLabel(folder.name)}
            onClick={() => onSend(outgoingFolder(folder, source))}
          >
            {words.send}
          </button>
        )}
        <button type="button" aria-label={words.leaveLabel(folder.name)} onClick={onLeave}>
          {words.leave}
        </button>
      </p>
    </section>
  );
}
