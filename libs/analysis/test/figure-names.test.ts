import { expect, it } from 'vitest';
import { classFigure } from '../src/gap/figures/class-figure.ts';
import { beside, confusionPanel, differencePanel } from '../src/gap/figures/confusion-figure.ts';
import { renderSvg } from '../src/gap/figures/render-svg.ts';

it('figures are drawn whatever classes are called', async () => {
  const names = [
    'constructor',
    'toString',
    '__proto__',
    'new\nline',
    '10',
    '2',
    "it's",
    '</svg>',
    'accuracy',
  ];
  const side = { precision: 0.5, recall: 0.5, f1: 0.5, support: 3, recall_ci95: [0.4, 0.6] };
  const perClass = names.map((name) => ({ class: name, validation: side, test: side }));
  const counts = names.map((_, i) => names.map((_, j) => (i === j ? 1 : 0)));
  const panels = [
    confusionPanel('Test', counts, names, '#000'),
    differencePanel('Difference', counts, names),
  ];
  for (const figure of [classFigure(perClass as never), beside(panels)]) {
    const svg = await renderSvg(figure);
    for (const shown of [
      'constructor',
      'toString',
      '__proto__',
      String.raw`new\nline`,
      '10',
      '2',
      'accuracy',
    ]) {
      // Not the whole picture in the message.
      expect(svg.includes(shown), shown).toBe(true);
    }
  }
});
