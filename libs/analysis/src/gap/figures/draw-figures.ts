import type { GapDocument } from '@thaw/tracking';
import { classFigure } from './class-figure.ts';
import { beside, confusionPanel, differencePanel } from './confusion-figure.ts';
import { explanationFigure, type Step } from './explanation-figure.ts';
import { reliabilityFigure } from './reliability-figure.ts';
import { renderSvg } from './render-svg.ts';
import { colours } from './theme.ts';
import { partNames } from '../part-names.ts';

/** The figures of a gap as SVG text. */
export interface GapFigureSet {
  readonly explanation: string;
  readonly classes: string;
  readonly confusion: { readonly validation: string; readonly test: string; readonly difference: string };
  /** The three panels beside each other. */
  readonly confusions: string;
  readonly reliability: string;
}

/** Draws all figures of a document. */
export async function drawFigures(document: GapDocument): Promise<GapFigureSet> {
  const { overall, classes, confusion } = document;
  const validation = confusionPanel('Validation', confusion.validation, classes, colours.validation.light);
  const test = confusionPanel('Test', confusion.test, classes, colours.test.light);
  const difference = differencePanel('Validation minus test, points', confusion.difference, classes);
  return {
    explanation: await renderSvg(
      explanationFigure(overall.validation.accuracy, stepsOf(document), overall.test.accuracy),
    ),
    classes: await renderSvg(classFigure(document.per_class)),
    confusion: {
      validation: await renderSvg(validation),
      test: await renderSvg(test),
      difference: await renderSvg(difference),
    },
    confusions: await renderSvg(beside([validation, test, difference])),
    reliability: await renderSvg(reliabilityFigure(document.calibration)),
  };
}

function stepsOf({ parts }: GapDocument): Step[] {
  return parts.flatMap(({ part, value, ci95 }) =>
    value === null ? [] : [{ name: partNames[part], value, ci95, explained: part !== 'rest' }],
  );
}
