import { noBestSentence } from '@thaw/analysis/browser';
import { duration, percent, points } from '@thaw/base/browser';
import { Alert, Code, Group, Progress, Text } from '@mantine/core';
import { getSweepReport } from '../../api/operations/reports.ts';
import type { SweepSummary } from '../../api/operations/sweeps.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import { tiesText } from '../../shape/best-marks.ts';
import { formatValue } from '../../shape/format-value.ts';
import { shortText } from '../../shape/plots/plot-run.ts';
import { doneShare, trialProgress } from '../../shape/trial-progress.ts';
import { PromoteButton } from '../models/promote-button.tsx';
import { TextLink } from '../shell/text-link.tsx';
import { ReportButton } from '../states/report-button.tsx';
import { StateBadge } from '../states/state-badge.tsx';

/** How far a sweep is, its best run, and what is known about its split. */
export function SweepHead({ sweep }: { sweep: SweepSummary }) {
  const { state, method, metric, best, seconds, leakage, test, varies_validation: varies } = sweep;
  return (
    <>
      <Group mb="xs" gap="sm">
        <StateBadge state={state} />
        <Text size="sm">{trialProgress(sweep)}</Text>
        <Text size="sm">
          {method} search, {metric.goal} {metric.name}
        </Text>
        {seconds !== null && <Text size="sm">{duration(seconds)}</Text>}
        {best && <PromoteButton source={{ sweep: sweep.id }} />}
        <ReportButton href={apiUrl(getSweepReport, { sweep: sweep.id })} choices={['along', 'up']} />
      </Group>
      {state === 'running' && <Progress value={100 * doneShare(sweep)} mb="sm" aria-label="Trials done" />}
      {best ? (
        <Text mb="md">
          Best by {metric.name}: <TextLink href={`/runs/${best.run}`}>{best.name}</TextLink>
          {metric.name !== 'val_accuracy' && ` with ${formatValue(metric.name, best.value)}`}
          {best.val_accuracy !== null && (
            <>
              , validation accuracy <b>{percent(best.val_accuracy)}</b>
            </>
          )}
          {best.test_accuracy === null ? (
            '.'
          ) : (
            <>
              , test <b>{percent(best.test_accuracy)}</b>, a gap of <b>{points(best.gap)}</b> points.
            </>
          )}
          {tiesText(best.ties) !== null && ` ${tiesText(best.ties)}`}
          {varies.length > 0 &&
            ` Trials differ in ${varies.join(' and ')}, so not all have the same validation images: a trial that looks worse may only have had harder ones.`}
        </Text>
      ) : (
        <Text mb="md">{noBestSentence(sweep, sweep.trials.finished)}</Text>
      )}
      {[...test.forecast, ...test.looks, ...(leakage?.also ?? [])].map((sentence) => (
        <Text key={sentence} size="sm" mb="xs">
          {sentence}
        </Text>
      ))}
      {leakage?.twins && (
        <Alert color="orange" mb="md" title="The split leaks">
          {settingsText(leakage.parameters)}
          {leakage.twins} To split without it: <Code>{leakage.remedy}</Code>
        </Alert>
      )}
      {leakage && leakage.into_test.length > 0 && (
        <Alert color="orange" mb="md" title="The test set leaks">
          {settingsText(leakage.parameters)}
          {leakage.into_test.join(' ')}
        </Alert>
      )}
    </>
  );
}

/** `With split.strategy=keras `, where trials have several splits. */
function settingsText(parameters: Readonly<Record<string, unknown>>): string {
  const named = Object.entries(parameters).map(([path, value]) => `${path}=${shortText(value)}`);
  return named.length === 0 ? '' : `With ${named.join(', ')} `;
}
