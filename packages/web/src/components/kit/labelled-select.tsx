/** A menu of one among several, with its name before it: what a list is narrowed or ordered by, a setting. */
interface Props<Value extends string> {
  label: string;
  /** Undefined: none is chosen. */
  value: Value | undefined;
  options: readonly (readonly [Value, string])[];
  /** What stands for none; left out where one always holds. */
  none?: string;
  /** How name and menu stand in what is around them. */
  className?: 'filter-select' | 'field' | 'filter';
  onChange: (value: Value | undefined) => void;
}

export function LabelledSelect<Value extends string>(props: Props<Value>) {
  const { label, value, options, none, className = 'filter-select', onChange } = props;
  return (
    <label className={className}>
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
