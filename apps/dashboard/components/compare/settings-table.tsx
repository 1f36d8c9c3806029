'use client';

import { Checkbox, Table } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '../../api/operations/runs.ts';
import { compareSettings } from '../../shape/compare-settings.ts';
import { TextLink } from '../shell/text-link.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';

/** Settings side by side; those that differ are marked and come first. */
export function SettingsTable({ runs, names }: { runs: readonly Run[]; names: readonly string[] }) {
  const [all, setAll] = useState(false);
  const rows = compareSettings(runs).filter(({ differs }) => all || differs);
  return (
    <>
      <Checkbox
        size="xs"
        mb="xs"
        label="Also those that are the same"
        checked={all}
        onChange={(event) => setAll(event.currentTarget.checked)}
      />
      <ScrollRegion label="Settings side by side" height={420}>
        <Table fz="sm" withTableBorder>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Setting</Table.Th>
              {runs.map(({ id }, i) => (
                <Table.Th key={id} miw={110}>
                  <TextLink href={`/runs/${id}`}>{names[i]}</TextLink>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ path, values, differs }) => (
              <Table.Tr key={path}>
                <Table.Th scope="row" fw={500}>
                  {path}
                </Table.Th>
                {values.map((value, i) => (
                  <Table.Td key={i} miw={110} style={{ overflowWrap: 'anywhere' }}>
                    {differs ? <mark style={{ background: '#fff3bf', color: '#000' }}>{value}</mark> : value}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollRegion>
      {rows.length === 0 && <p>No setting differs.</p>}
    </>
  );
}
