/**
 * Measures how far a model in the browser is from `predict`: the try page of a dashboard that runs is given images, one by one,
 * and asked to compute in the browser.
 *
 *   npx nx run predict --model MODEL --format json FOLDER > predicted.json
 *   node --import tsx apps/dashboard/bench/browser-agreement.ts URL MODEL:VERSION predicted.json [COUNT]
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../test/e2e/find-browser.ts';

interface Predicted {
  readonly file: string;
  readonly label: string;
  readonly probabilities: Readonly<Record<string, number>>;
}

const [url, model, predictions, count = '200'] = process.argv.slice(2) as [string, string, string, string?];
const all = JSON.parse(readFileSync(predictions, 'utf8')) as Predicted[];
const step = Math.max(1, Math.floor(all.length / Number(count)));
const expected = all.filter((_, i) => i % step === 0).slice(0, Number(count));

const browser = await chromium.launch({ executablePath: (await findChromium())!, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.goto(`${url}/try?model=${model}`);
await page.getByRole('radio', { name: 'in this browser' }).check();
const differences: number[] = [];
const times: number[] = [];
let labels = 0;
for (const { file, label, probabilities } of expected) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Pick an image' }).click();
  await (await chooser).setFiles(file);
  const line = page.getByText(new RegExp(`^${basename(file).replaceAll('.', '\\.')}: .* in this browser in`));
  await line.waitFor();
  times.push(Number(/in (\d+) ms$/.exec((await line.textContent())!)![1]));
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-class]')].map(({ dataset }): [string, number] => [
      dataset['class']!,
      Number(dataset['probability']),
    ]),
  );
  differences.push(...shown.map(([name, value]) => Math.abs(value - probabilities[name]!)));
  if ((await page.getByTestId('prediction').getByRole('heading', { level: 2 }).textContent()) === label)
    labels++;
}
await browser.close();
times.sort((a, b) => a - b);
console.log(
  `${expected.length} images: largest difference ${Math.max(...differences).toExponential(2)}, ` +
    `the same label ${labels} times, median ${times[Math.floor(times.length / 2)]} ms an image`,
);
