import type { RunRecord } from '../../records/run-record.ts';
import type { PluginEvent } from './event-file.ts';
import { settingsOfRun } from './settings-of-run.ts';

/** A run's settings as a table in Markdown, which TensorBoard shows under Text. */
export function settingsText(run: RunRecord): PluginEvent {
  const cell = (value: unknown) =>
    String(value)
      .replace(/[\\`|<*_[]/g, '\\$&')
      .replace(/\s+/g, ' ');
  const rows = Array.from(settingsOfRun(run), ([name, value]) => `| ${cell(name)} | ${cell(value)} |`);
  return {
    ...{ tag: 'settings', step: 0, wallTime: Date.parse(run.created) / 1000 },
    ...{ plugin: 'text', content: new Uint8Array() },
    tensor: { shape: [], strings: [['| setting | value |', '| --- | --- |', ...rows].join('\n')] },
  };
}
