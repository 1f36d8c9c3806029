import { UserError } from '@thaw/base';
import { checkSettings, settingsChecks } from './checks/check-settings.ts';
import type { Experiment, ParameterValues } from './experiment.ts';
import { dotted } from './messages/problem.ts';
import type { Settings } from './settings.ts';
import { settingsInput, replaceValues } from './trial-input.ts';

/**
 * The settings of one trial: the base settings with the trial's values in their places. A section that is a switch in the
 * base opens when one of its settings is given: `augmentation.rotation_range` over `augmentation: false` leaves all other
 * options off, over `true` the usual ones on. Throws UserError for unknown paths and values that are not allowed.
 */
export function applyParameters(experiment: Pick<Experiment, 'settings'>, values: ParameterValues): Settings {
  const input = replaceValues(settingsInput(experiment.settings), values);
  const { value, problems } = checkSettings(input, settingsChecks);
  if (problems.length === 0) return value;
  throw new UserError(problems.map(({ path, message }) => `${dotted(path)}: ${message}`).join('\n'));
}
