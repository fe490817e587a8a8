/** Everything as a file: in which form, how far it is, stopping it. */
import { useQuery } from '@tanstack/react-query';
import type { Me } from '@vivim/contract/account';
import type { ExportFormat } from '@vivim/contract/space-export';
import { useRef, useState } from 'react';
import { largeSpace, type Saved, saveByBrowser, saveExport } from '../../api/export.ts';
import { usageQuery } from '../../api/you-queries.ts';
import { bytes, dayAndTime } from '../../format.ts';
import { useAccountAction } from '../../hooks/use-account-action.ts';
import { strings } from '../../strings.ts';
import { Problem } from '../kit/problem.tsx';

const words = strings.account;
const { taking } = strings;

/** What another server takes in comes first. */
const formats = ['json', 'sqlite', 'markdown'] as const satisfies readonly ExportFormat[];

export function ExportSpace({ me }: { me: Me }) {
  const [format, setFormat] = useState<ExportFormat>('json');
  const [come, setCome] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  const large = (useQuery(usageQuery).data?.disk.bytes ?? 0) > largeSpace;
  const start = useAccountAction(async (): Promise<Saved | null> => {
    if (large) {
      await saveByBrowser(format);
      return null;
    }
    stop.current = new AbortController();
    const { signal } = stop.current;
    setCome(0);
    try {
      return await saveExport(format, setCome, signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    } finally {
      setCome(null);
    }
  });
  return (
    <section className="form">
      <h2>{words.export}</h2>
      <p>{words.exportText}</p>
      <fieldset className="choices">
        <legend>{words.exportFormat}</legend>
        {formats.map((one) => (
          <label key={one}>
            <input type="radio" name="format" value={one} checked={one === format} onChange={() => setFormat(one)} />
            <span>
              {words.exportFormats[one].name} <small>{words.exportFormats[one].text}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {large && <p className="note">{taking.byBrowser}</p>}
      {me.frozenUntil !== null && <p className="warn">{words.frozen(dayAndTime(me.frozenUntil))}</p>}
      {start.error !== null && <Problem error={start.error} />}
      <div className="actions">
        <button
          type="button"
          className="primary"
          disabled={start.isPending || me.frozenUntil !== null}
          onClick={() => start.mutate()}
        >
          {words.exportAction}
        </button>
        {come !== null && (
          <button type="button" onClick={() => stop.current?.abort()}>
            {taking.cancel}
          </button>
        )}
      </div>
      {come !== null && <progress aria-label={taking.progress} />}
      <p className="note" role="status">
        {come !== null
          ? come === 0
            ? taking.preparing
            : taking.saving(bytes(come))
          : start.data
            ? taking.saved(start.data.name, bytes(start.data.bytes))
            : ''}
      </p>
    </section>
  );
}
