/** Stops of cividis (Nuñez, Anderton and Renslow 2018), which people with any colour vision read alike. */
const cividis = [
  [255, 255, 255],
  [217, 199, 112],
  [149, 143, 120],
  [87, 93, 109],
  [0, 34, 78],
] as const;
/** Blue for more on validation images, orange for more on test images. */
const diverging = { positive: [0, 114, 178], negative: [213, 94, 0] } as const;

/** The ground and the text of a cell by its share of its row, 0 to 1. */
export function cellColor(share: number): { background: string; color: string } {
  const place = Math.min(1, Math.max(0, share)) * (cividis.length - 1);
  const index = Math.min(cividis.length - 2, Math.floor(place));
  return colored(mix(cividis[index]!, cividis[index + 1]!, place - index));
}

/** The ground and the text of a cell by a difference of shares, -1 to 1; null is white. */
export function differenceColor(value: number | null): { background: string; color: string } {
  if (value === null) return colored([255, 255, 255]);
  return colored(
    mix([255, 255, 255], diverging[value > 0 ? 'positive' : 'negative'], Math.min(1, Math.abs(value) * 1.4)),
  );
}

type Rgb = readonly [number, number, number];

function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [0, 1, 2].map((i) => Math.round(a[i]! + (b[i]! - a[i]!) * t)) as unknown as Rgb;
}

/** Black or white text, whichever has the larger contrast (WCAG 2.2, relative luminance). */
function colored(rgb: Rgb): { background: string; color: string } {
  const [r, g, b] = rgb.map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const white = 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05;
  return { background: `rgb(${rgb.join(' ')})`, color: white ? '#fff' : '#000' };
}
