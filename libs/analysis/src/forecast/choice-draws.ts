import { Random } from '@thaw/base';
import type { Settings } from '@thaw/experiment';

/** Of a run that a program of the user's own made. */
const seedWithoutSettings = 42;

/** The draws by which the choice among a sweep's trials is corrected: one correction for its forecast and for the gap of its run. */
export function choiceDraws(settings: Pick<Settings, 'split'> | null): Random {
  return new Random('forecast', settings?.split.seed ?? seedWithoutSettings);
}
