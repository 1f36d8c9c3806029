import { fixed } from '@thaw/base';

/** Four decimals; four significant digits where nothing else would be left, as of a learning rate of 0.00001. `-` for none. */
export function figure(value: number | null | undefined): string {
  const isSmall = typeof value === 'number' && value !== 0 && Math.abs(value) < 0.001;
  return isSmall ? String(Number(value.toPrecision(4))) : fixed(value, 4);
}
