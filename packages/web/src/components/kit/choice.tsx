/** One of a few, all of them seen: native radio buttons that look like one control. */
import { type ReactNode, useId } from 'react';

interface Props<Value extends string> {
  label: string;
  /** The label is read out, not shown. */
  quietLabel?: boolean;
  value: Value;
  options: readonly (readonly [Value, ReactNode])[];
  onChange: (value: Value) => void;
}

export function Choice<Value extends string>({ label, quietLabel, value, options, onChange }: Props<Value>) {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend className={quietLabel ? 'visually-hidden' : ''}>{label}</legend>
      <div className="choice-options">
        {options.map(([option, words]) => (
          <label key={option}>
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option)} />
            <span>{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
