import type { Scenario } from '@thaw/experiment';
import type { Interval } from '@thaw/metrics';

/** What the rule looks at. */
export interface Evidence {
  /** Independent photographs of the class that has fewest. */
  readonly fewestPhotographs: number;
  /** Accuracies of the nearest-neighbour probe on photographs that it has not seen. */
  readonly pretrained: { readonly accuracy: number; readonly ci95: Interval | null };
  readonly colors: { readonly accuracy: number; readonly ci95: Interval | null };
  readonly chance: number;
  /** Scenarios that the network allows. */
  readonly possible: readonly Scenario[];
}

export interface Choice {
  readonly size: 'small' | 'large';
  readonly similarity: 'similar' | 'different';
  /** What size and similarity suggest. */
  readonly suggested: Scenario;
  /** The same, or one that the network allows where it does not allow that. */
  readonly scenario: Scenario;
  readonly possible: readonly Scenario[];
  /** The probe's accuracy above which the data counts as similar. */
  readonly similarFrom: number;
  /** Whether the probe's 95 % interval reaches to both sides of `similarFrom`, or that of the colours which set it to the probe's accuracy. */
  readonly couldBeEither: boolean;
}

/**
 * Photographs of a class from which on a data set counts as large: what ImageNet, which such networks are known to learn from
 * scratch, has of its classes (732 to 1,300; Russakovsky et al. 2015).
 */
export const largeFrom = 1000;

const scenarios: Record<Choice['size'], Record<Choice['similarity'], Scenario>> = {
  small: { similar: 'feature_extraction', different: 'partial_unfreeze' },
  large: { similar: 'full_fine_tune', different: 'from_scratch' },
};

/**
 * The scenario of transfer learning by data size and similarity (the rule of thumb of Stanford's CS231n). The data counts as similar
 * to what the network was pretrained on where its features tell the classes of unseen photographs better than colours alone
 * do, or are more than half way from guessing to always right.
 */
export function chooseScenario(evidence: Evidence): Choice {
  const { fewestPhotographs, pretrained, colors, chance, possible } = evidence;
  const size = fewestPhotographs >= largeFrom ? 'large' : 'small';
  const similarFrom = Math.min((1 + chance) / 2, Math.max(chance, colors.accuracy));
  const similarity = pretrained.accuracy > similarFrom ? 'similar' : 'different';
  const couldBeEither =
    holds(pretrained.ci95, similarFrom) ||
    (similarFrom === colors.accuracy && holds(colors.ci95, pretrained.accuracy));
  const suggested = scenarios[size][similarity];
  const scenario = possible.includes(suggested) ? suggested : possible[0]!;
  return { size, similarity, suggested, scenario, possible, similarFrom, couldBeEither };
}

/** An unknown interval may hold anything. */
function holds(interval: Interval | null, value: number): boolean {
  return interval === null || (interval[0] <= value && value <= interval[1]);
}
