'use client';

import { Table } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { getResults, listEpochs } from '../../api/operations/results.ts';
import { getRun } from '../../api/operations/runs.ts';
import { fetchApi } from '../../client/fetch-api.ts';
import { formatPercent, formatPoints } from '../../shape/format.ts';
import { ComparedGapsPlot } from '../plots/compared-gaps-plot.tsx';
import { CurvesPlot } from '../plots/curves-plot.tsx';
import { ConfusionMatrices } from '../run/confusion-matrices.tsx';
import { TextLink } from '../shell/text-link.tsx';
import { Notice } from '../states/notice.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { Section } from '../states/section.tsx';
import { SettingsTable } from './settings-table.tsx';
import { Significance } from './significance.tsx';

const most = 20;

/** Two runs or more beside each other. */
export function CompareView({ runs }: { runs: readonly string[] }) {
  const chosen = [...new Set(runs)];
  return (
    <>
      <PageTitle>Compare</PageTitle>
      {chosen.length < 2 || chosen.length > most ? (
        <Notice title={chosen.length > most ? `Choose ${most} runs at most` : 'Choose two runs or more'}>
          Select them among all <TextLink href="/runs">runs</TextLink> or in a sweep, then choose “Compare”.
        </Notice>
      ) : (
        <Comparison ids={chosen} />
      )}
    </>
  );
}

function Comparison({ ids }: { ids: readonly string[] }) {
  const ask = <T,>(key: string, fetch: (id: string) => Promise<T>) => ({
    queries: ids.map((id) => ({
      queryKey: [key, { run: id }, 'compare'],
      queryFn: () => fetch(id),
      retry: false,
    })),
  });
  const found = useQueries(ask('getRun', (run) => fetchApi(getRun, { params: { run } })));
  const epochs = useQueries(ask('listEpochs', (run) => fetchApi(listEpochs, { params: { run } })));
  const results = useQueries(ask('getResults', (run) => fetchApi(getResults, { params: { run } })));
  const failed = found.flatMap(({ error }) => (error ? [error.message] : []));
  const names = found.map(({ data }, i) => (data?.sweep ? `trial ${data.number}` : (ids[i] ?? '')));
  const unique = names.map((name, i) =>
    names.filter((other) => other === name).length > 1 ? ids[i]! : name,
  );
  const loaded = found.flatMap(({ data }) => (data ? [data] : []));
  const withResults = results.flatMap(({ data }, i) =>
    data?.results ? [{ id: ids[i]!, name: unique[i]!, results: data.results }] : [],
  );
  return (
    <>
      {failed.length > 0 && <Notice title="Not all of these runs can be read">{failed.join('; ')}</Notice>}
      <Section title="Runs">
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              {['run', 'validation', 'test', 'gap (points)'].map((head) => (
                <Table.Th key={head}>{head}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {loaded.map(({ id, summary }) => (
              <Table.Tr key={id}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <TextLink href={`/runs/${id}`}>{id}</TextLink>
                </Table.Td>
                <Table.Td>{formatPercent(summary?.val_accuracy)}</Table.Td>
                <Table.Td>{formatPercent(summary?.test_accuracy)}</Table.Td>
                <Table.Td>{formatPoints(summary?.gap)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Section>
      <Section title="Is the difference real?">
        <Significance runs={ids} names={unique} />
      </Section>
      {loaded.length === ids.length && (
        <Section title="Settings" note="Marked where runs differ.">
          <SettingsTable runs={loaded} names={unique} />
        </Section>
      )}
      <Section title="Curves">
        <CurvesPlot runs={epochs.map(({ data }, i) => ({ name: unique[i]!, epochs: data?.epochs ?? [] }))} />
      </Section>
      {withResults.length > 0 && (
        <>
          <Section title="The gap per class">
            <ComparedGapsPlot runs={withResults} />
          </Section>
          {withResults.map(({ id, name, results: figures }) =>
            figures.confusion ? (
              <Section key={id} title={`Confusion matrices, ${name}`}>
                <ConfusionMatrices results={figures} run={id} />
              </Section>
            ) : null,
          )}
        </>
      )}
    </>
  );
}
