const LONGEST = 80;

/** A value as a message shows it: text in quotes, numbers as YAML spells them, cut off when longer than `longest`. */
export function show(value: unknown, longest = LONGEST): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing (null)';
  if (typeof value === 'number') return showNumber(value);
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'number' && !Number.isFinite(inner) ? showNumber(inner) : inner,
  );
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

function showNumber(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '.inf' : '-.inf';
}
