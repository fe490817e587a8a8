/** A choice among everything an import can be. */
import { ImportSource } from '@vivim/contract/imports';
import { strings } from '../../strings.ts';

interface Props {
  label: string;
  value: ImportSource | null;
  /** What stands for none of them; left out, one has to be chosen. */
  none?: string;
  onChange: (source: ImportSource | null) => void;
}

export function SourceSelect({ label, value, none, onChange }: Props) {
  return (
    <label className="filter">
      <span>{label}</span>
      <select
        value={value ?? ''}
        onChange={(event) => onChange(ImportSource.safeParse(event.target.value).data ?? null)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {ImportSource.options.map((one) => (
          <option key={one} value={one}>
            {strings.sources[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
