import { isMapping, textValue, valueText } from '@thaw/experiment/browser';

/** A parameter as its form shows it: listed values, a range, or what only the text can say. */
export type ParameterForm =
  | { readonly kind: 'list'; readonly values: readonly unknown[] }
  | { readonly kind: 'range'; readonly min: unknown; readonly max: unknown; readonly scale: Scale }
  | { readonly kind: 'other'; readonly text: string };

/** How a range is drawn from, and the name of the distribution in the file. */
export const scales = {
  even: undefined,
  logarithmic: 'log_uniform_values',
} as const;
export type Scale = keyof typeof scales;

const rangeKeys = ['min', 'max', 'distribution'];

export function readParameter(entry: unknown): ParameterForm {
  if (isMapping(entry)) {
    const { values, min, max, distribution, ...rest } = entry;
    const isAlone = Object.keys(rest).length === 0;
    if (isAlone && Array.isArray(values) && Object.keys(entry).length === 1) return { kind: 'list', values };
    const scale = (Object.keys(scales) as Scale[]).find((each) => scales[each] === distribution);
    if (scale !== undefined && Object.keys(entry).every((key) => rangeKeys.includes(key)) && 'min' in entry) {
      return { kind: 'range', min, max, scale };
    }
  }
  return { kind: 'other', text: valueText(entry) };
}

/** What stands in the file for it. */
export function writeParameter(form: Exclude<ParameterForm, { kind: 'other' }>): Record<string, unknown> {
  if (form.kind === 'list') return { values: [...form.values] };
  const distribution = scales[form.scale];
  return { ...(distribution && { distribution }), min: form.min ?? null, max: form.max ?? null };
}

/** `64, 128` for the values 64 and 128. */
export function listText(values: readonly unknown[]): string {
  return values.map(valueText).join(', ');
}

/** The values of a text such as `64, 128`; null while it is none. */
export function listedValues(text: string): unknown[] | null {
  const values = textValue(`[${text}]`);
  return Array.isArray(values) ? values : null;
}
