import type { ModelSettings } from '@thaw/experiment';
import type { AdvisedScenario } from './draft.ts';

export interface DraftTextOptions {
  readonly name: string;
  /** The folder as the file is to name it. */
  readonly path: string;
  /** What an ONNX file wants its images to be, as `model.input`. */
  readonly input: ModelSettings['input'];
  /** Whether the weights are on this machine. */
  readonly weightsAtHand: boolean;
  /** Null where nothing was measured. */
  readonly advised: AdvisedScenario | null;
  /** What fetches ImageNet's weights, what advises with short trials, and what runs the file, as a user types them. */
  readonly commands: Readonly<Record<'check' | 'run' | 'weights' | 'advise', string>>;
}
