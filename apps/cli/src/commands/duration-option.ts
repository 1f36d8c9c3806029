import { UserError } from '@thaw/base';

const units = { s: 1e3, m: 60e3, h: 3600e3, d: 86400e3 };

/** Milliseconds from an option's text, such as `90s`, `30m`, `12h` or `30d`. */
export function durationOption(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h|d)$/.exec(text.trim());
  if (match) return Number(match[1]) * units[match[2] as keyof typeof units];
  throw new UserError(
    `--${option}: found ${JSON.stringify(text)}; allowed: a number and s, m, h or d, such as 90s, 12h or 30d`,
  );
}
