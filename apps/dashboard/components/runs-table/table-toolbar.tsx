'use client';

import { Button, Code, Group, Menu, Select, Switch } from '@mantine/core';
import { Download, Funnel } from 'lucide-react';
import type { RunRow } from '@thaw/tracking';
import { allColumns } from '../../shape/columns.ts';
import { toCsv, toJson } from '../../shape/export-rows.ts';
import { facets, narrow } from '../../shape/facets.ts';
import type { View } from '../../shape/view.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { download } from '../../client/download.ts';
import { ViewsMenu } from './views-menu.tsx';
import { TypedText } from '../states/typed-text.tsx';

interface Props {
  view: View;
  change: (part: Partial<View>) => void;
  rows: readonly RunRow[];
  shown: readonly RunRow[];
  columns: readonly string[];
  mistake: string | null;
}

/** How the table is filtered, grouped and exported. */
export function TableToolbar({ view, change, rows, shown, columns, mistake }: Props) {
  return (
    <Group align="flex-start" gap="xs">
      <TypedText
        aria-label="Filter by an expression"
        placeholder='val_accuracy > 0.9 and model.scenario = "partial_unfreeze"'
        value={view.where}
        onChange={(where) => change({ where })}
        error={mistake && <Code block>{mistake}</Code>}
        style={{ flex: '1 1 320px' }}
      />
      <TypedText
        aria-label="Search"
        placeholder="Search"
        value={view.search}
        onChange={(search) => change({ search })}
        style={{ flex: '1 1 120px' }}
      />
      <FacetMenu view={view} change={change} rows={rows} columns={columns} />
      <Select
        aria-label="Group by"
        placeholder="Group by"
        clearable
        searchable
        value={view.group}
        onChange={(group) => change({ group })}
        data={allColumns(rows)}
        w={170}
      />
      <ViewsMenu view={view} change={change} />
      <ColumnChooser all={allColumns(rows)} columns={columns} change={change} />
      <ExportMenu shown={shown} columns={columns} />
      <Switch
        label="Archived"
        checked={view.archived}
        onChange={(event) => change({ archived: event.currentTarget.checked })}
        mt={8}
      />
    </Group>
  );
}

function FacetMenu({ view, change, rows, columns }: Pick<Props, 'view' | 'change' | 'rows' | 'columns'>) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" leftSection={<Funnel size={16} aria-hidden />}>
          Values
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={400} style={{ overflowY: 'auto' }}>
        <FacetItems view={view} change={change} rows={rows} columns={columns} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** A component of its own, so that values are counted only while the menu is open. */
function FacetItems({ view, change, rows, columns }: Pick<Props, 'view' | 'change' | 'rows' | 'columns'>) {
  const found = facets(
    rows,
    [...columns, 'tags'].filter((name, i, all) => all.indexOf(name) === i),
  );
  if (found.length === 0) return <Menu.Label>All values are alike or all differ</Menu.Label>;
  return found.map(({ column, values }) => (
    <div key={column}>
      <Menu.Label>{column}</Menu.Label>
      {values.map(({ value, count }) => (
        <Menu.Item
          key={String(value)}
          rightSection={count}
          onClick={() => change({ where: narrow(view.where, column, value) })}
        >
          {String(value)}
        </Menu.Item>
      ))}
    </div>
  ));
}

function ExportMenu({ shown, columns }: { shown: readonly RunRow[]; columns: readonly string[] }) {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={16} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => download('runs.csv', 'text/csv', toCsv(shown, columns))}>CSV</Menu.Item>
        <Menu.Item onClick={() => download('runs.json', 'application/json', toJson(shown, columns))}>
          JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
