import type { FolderImages } from '@thaw/data';
import type { MeasuredScenarios } from './trials/measure-scenarios.ts';
import type { Choice } from './choose-scenario.ts';
import type { MeasuredFeatures } from './measure-features.ts';
import type { TrainingImages } from './training-images.ts';

/** Everything that advice says and stands on. */
export interface Advice {
  readonly folder: string;
  readonly layout: FolderImages['layout'];
  readonly training: Pick<TrainingImages, 'images' | 'classes' | 'photographs' | 'unlabelled'>;
  /** The pretrained network, where its weights come from, in words, and how it looks at images. */
  readonly backbone: string;
  readonly weights: string;
  /** Null where the backbone has one width. */
  readonly alpha: number | null;
  readonly imageSize: number;
  readonly measured: MeasuredFeatures;
  /** By the rule of thumb. */
  readonly choice: Choice;
  /** What short trials have shown; null where there were none. */
  readonly trials: MeasuredScenarios | null;
  readonly seconds: number;
}
