/** How far something is, as a native progress element: screen readers know it. */
export function ProgressBar({ label, value, max }: { label: string; value: number; max: number | null }) {
  return <progress aria-label={label} {...(max === null || max === 0 ? {} : { value: Math.min(value, max), max })} />;
}
