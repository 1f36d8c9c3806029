import type { GapFigures } from '@thaw/metrics';
import type { GapDocument } from '@thaw/tracking';
import type { MeasuredLeakage } from './measure-leakage.ts';
import type { MeasuredSelection } from './measure-selection.ts';
import type { MeasuredShares } from './measure-shares.ts';
import type { MeasuredTestLeakage } from './measure-test-leakage.ts';
import type { MeasuredShift } from './measure-shift.ts';

/** What is known of a gap and its causes. */
export interface ExplainInput {
  readonly gap: GapFigures;
  readonly tested: MeasuredTestLeakage;
  readonly leakage: MeasuredLeakage;
  readonly selection: MeasuredSelection;
  readonly shares: MeasuredShares;
  readonly shift: MeasuredShift;
  /** Whether groups are known, and intervals go by them. */
  readonly grouped: boolean;
  /** What one group is called. */
  readonly unit: GapDocument['unit'];
}
