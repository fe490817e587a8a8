/** A menu a list is narrowed or ordered by, with its name before it. */
interface Props<Value extends string> {
  label: string;
  /** Undefined: none is chosen. */
  value: Value | undefined;
  options: readonly (readonly [Value, string])[];
  /** What stands for none; left out where one always holds. */
  none?: string;
  onChange: (value: Value | undefined) => void;
}

export function FilterSelect<Value extends string>({ label, value, options, none, onChange }: Props<Value>) {
  return (
    <label className="filter-select">
      <span>{label}</span>
      <select
        value={value ?? ''}
        onChange={({ target }) => onChange(options.find(([one]) => one === target.value)?.[0])}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
