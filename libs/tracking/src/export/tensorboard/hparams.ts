import type { RunRecord } from '../../records/run-record.ts';
import type { PluginEvent } from './event-file.ts';
import { message, type Field } from './message.ts';
import { settingsOfRun, type SettingValue } from './settings-of-run.ts';

/** How HParams says that a session ended; what has not ended is running. */
const statuses: Partial<Record<RunRecord['state'], number>> = {
  finished: 1,
  pruned: 1,
  failed: 2,
  interrupted: 2,
};

/**
 * What TensorBoard's HParams plugin knows of a run: its settings when it began, and how it ended. Its metrics are the scalars of the
 * run's folder and those below. Field numbers of tensorboard/plugins/hparams/plugin_data.proto and api.proto.
 */
export function hparamsEvents(run: RunRecord): PluginEvent[] {
  const begun = Date.parse(run.created) / 1000;
  const ended = run.finished === null ? begun : Date.parse(run.finished) / 1000;
  const settings = Array.from(settingsOfRun(run), ([name, value]): Field => [
    1,
    'message',
    [
      [1, 'text', name],
      [2, 'message', [valueField(value)]],
    ],
  ]);
  // Group and time.
  const start: Field[] = [...settings, [4, 'text', run.id], [5, 'double', begun]];
  const status = statuses[run.state];
  return [
    session('_hparams_/session_start_info', [3, 'message', start], begun),
    ...(status === undefined
      ? []
      : [
          session(
            '_hparams_/session_end_info',
            [
              4,
              'message',
              [
                [1, 'int', status],
                [2, 'double', ended],
              ],
            ],
            ended,
          ),
        ]),
  ];
}

function session(tag: string, data: Field, wallTime: number): PluginEvent {
  const content = message([data]);
  return { tag, step: 0, wallTime, plugin: 'hparams', content, tensor: { shape: [1], floats: [0] } };
}

/** Of struct.proto's Value. JSON has no numbers that are not finite, and TensorBoard's page breaks at them. */
function valueField(value: SettingValue): Field {
  if (typeof value === 'boolean') return [4, 'int', value ? 1 : 0];
  if (typeof value === 'number' && Number.isFinite(value)) return [2, 'double', value];
  return [3, 'text', String(value)];
}
