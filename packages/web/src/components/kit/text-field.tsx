/** A line to type in, with its name above it and what helps below. What is typed is no prose: nothing corrects it. */
interface Props {
  label: string;
  help?: string;
  type?: 'text' | 'url' | 'password';
  required?: boolean;
  value: string;
  onChange: (value: string) => void;
}

export function TextField({ label, help, type = 'text', required = false, value, onChange }: Props) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type={type}
        autoComplete="off"
        spellCheck={false}
        required={required}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {help !== undefined && <small>{help}</small>}
    </label>
  );
}
