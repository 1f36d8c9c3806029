import type { Advice } from './advice.ts';
import { advisedScenario, doubtSentences, reasonSentences, sureness } from './advice-sentences.ts';
import { largeFrom } from './choose-scenario.ts';
import { trialsDocument } from './trials/trials-document.ts';
import type { FeatureFigures } from './measure-features.ts';

/** The document of `advise --output`; accuracies are fractions, intervals 95 %. */
export function adviceDocument(advice: Advice) {
  const { folder, layout, training, backbone, weights, alpha, imageSize } = advice;
  const { measured, choice, trials, seconds } = advice;
  return {
    data: folder,
    layout,
    images: training.images.length,
    photographs: training.photographs,
    seconds,
    classes: training.classes,
    features: {
      backbone,
      weights,
      alpha,
      image_size: imageSize,
      images: measured.images,
      photographs: measured.photographs,
    },
    probe: {
      neighbours: measured.neighbours,
      chance: measured.chance,
      pretrained: probe(measured.pretrained),
      colors: probe(measured.colors),
    },
    /** Log evidence per photograph, in nats. */
    log_me: { pretrained: measured.pretrained.logMe, colors: measured.colors.logMe },
    size: choice.size,
    large_from: largeFrom,
    similarity: choice.similarity,
    similar_above: choice.similarFrom,
    scenario: advisedScenario(advice),
    /** What the rule of thumb says, whatever trials have shown. */
    scenario_by_rule: choice.scenario,
    evidence: sureness(advice),
    reasons: reasonSentences(advice),
    doubts: doubtSentences(advice),
    /** Null without a budget. */
    trials: trials && trialsDocument(trials),
  };
}

export type AdviceDocument = ReturnType<typeof adviceDocument>;

function probe({ acrossPhotographs, acrossImages }: FeatureFigures) {
  return {
    across_photographs: acrossPhotographs.accuracy,
    ci95: acrossPhotographs.ci95,
    across_images: acrossImages,
  };
}
