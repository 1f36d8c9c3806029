import { Table } from '@mantine/core';
import { nameInSweepId, runName } from '@thaw/tracking';
import type { ReactNode } from 'react';
import type { ModelVersion } from '../../api/operations/models.ts';
import { namedVersion } from '../../shape/named-version.ts';
import { valueText } from '../../shape/plots/plot-run.ts';
import { verifiedText } from '../../shape/verified-text.ts';
import { NameLink } from '../names/name-link.tsx';
import { Path } from '../states/path.tsx';

/** Where a version came from. */
export function Lineage({ version }: { version: ModelVersion }) {
  const { run, sweep, parameters, created, weights_sha256, verified, provenance } = version;
  const { git, data, weights } = provenance as {
    git?: { commit: string; dirty: boolean } | null;
    data?: { fingerprint?: string };
    weights?: { origin?: string };
  };
  const rows: [string, ReactNode][] = [
    [
      'Run',
      <NameLink href={`/runs/${encodeURIComponent(run)}`} name={runName(namedVersion(version))} id={run} />,
    ],
    ...(sweep === null
      ? []
      : [
          [
            'Sweep',
            <NameLink href={`/sweeps/${encodeURIComponent(sweep)}`} name={nameInSweepId(sweep)} id={sweep} />,
          ] as [string, ReactNode],
        ]),
    ...Object.entries(parameters).map(([name, value]): [string, ReactNode] => [name, valueText(value)]),
    ['Promoted', `${created.slice(0, 19).replace('T', ' ')} UTC`],
    ['Started from', weights?.origin ?? 'not recorded'],
    ['Data fingerprint', data?.fingerprint ?? 'not recorded'],
    ['Weights (SHA-256)', weights_sha256],
    ['Code', git ? `${git.commit}${git.dirty ? ', with changes' : ''}` : 'not in a git repository'],
    ['Checked against its run', verifiedText(verified)],
  ];
  return (
    <Table layout="fixed">
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" w="35%" style={{ verticalAlign: 'top', overflowWrap: 'anywhere' }}>
              <Path path={name} />
            </Table.Th>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
