'use client';

import { Table, UnstyledButton } from '@mantine/core';
import { thousands } from '@thaw/base/browser';
import { agreements, type Agreement, type OtherRun } from '../../shape/images/agreement.ts';

/** How many images two runs answer alike and differently; a number shows those images. */
export function AgreementTable({
  other,
  onChoose,
}: {
  other: OtherRun;
  onChoose: (agreement: Agreement) => void;
}) {
  const counts = new Array<number>(agreements.length).fill(0);
  for (const each of other.agreement) counts[each]!++;
  const cell = (place: number) => (
    <Table.Td ta="right">
      <UnstyledButton
        td="underline"
        aria-label={`${thousands(counts[place]!)}, ${agreements[place]}`}
        onClick={() => onChoose(agreements[place]!)}
      >
        {thousands(counts[place]!)}
      </UnstyledButton>
    </Table.Td>
  );
  return (
    <Table w="auto" withTableBorder withColumnBorders fz="sm" mb="md">
      <Table.Caption style={{ captionSide: 'top', color: 'inherit', fontWeight: 600 }}>
        Images that both answered
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Td />
          <Table.Th scope="col">B right</Table.Th>
          <Table.Th scope="col">B wrong</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        <Table.Tr>
          <Table.Th scope="row">A right</Table.Th>
          {cell(0)}
          {cell(1)}
        </Table.Tr>
        <Table.Tr>
          <Table.Th scope="row">A wrong</Table.Th>
          {cell(2)}
          {cell(3)}
        </Table.Tr>
      </Table.Tbody>
    </Table>
  );
}
