'use client';

import { Text } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { getSprites, listImages, type ImageList } from '../../api/operations/images.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import { SpriteSheets } from '../../client/sprite-sheets.ts';
import { useApi } from '../../client/use-api.ts';
import { useRun } from '../../client/use-run.ts';
import { useImageFilter } from '../../client/use-image-filter.ts';
import type { Places } from '../../client/use-map.ts';
import { joinRuns } from '../../shape/images/agreement.ts';
import { allImages, filterImages } from '../../shape/images/image-filter.ts';
import { listedImages } from '../../shape/images/listed-images.ts';
import { imageTable } from '../../shape/images/image-table.ts';
import { leakLines } from '../../shape/images/leaks.ts';
import { TextLink } from '../shell/text-link.tsx';
import { Fetched } from '../states/fetched.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { Section } from '../states/section.tsx';
import { AgreementTable } from './agreement-table.tsx';
import { Gallery } from './gallery.tsx';
import { ImageDetails } from './image-details.tsx';
import { ImageFilters } from './image-filters.tsx';
import { MapSection } from './map-section.tsx';

/** A run by its id, and what people call it. */
interface CalledRun {
  readonly id: string;
  readonly name: string;
}

/** The images of a run on a map and in a gallery; with another run, what both say of each. */
export function ImagesView({ run, other }: { run: CalledRun; other: CalledRun | null }) {
  useRun(run.id);
  useRun(other?.id ?? '', { enabled: other !== null });
  const result = useApi(listImages, { params: { run: run.id } });
  const others = useApi(listImages, { params: { run: other?.id ?? '' } }, { enabled: other !== null });
  return (
    <>
      <PageTitle>Images</PageTitle>
      <Text size="sm" mb="md">
        {other === null ? 'Of ' : 'A is '}
        <TextLink href={runPath(run.id)}>{run.name}</TextLink>
        {other !== null && (
          <>
            , B is <TextLink href={runPath(other.id)}>{other.name}</TextLink>. On the map: what the backbone
            of A sees.
          </>
        )}
      </Text>
      <Fetched result={result}>
        {(list) =>
          other === null ? (
            <Images run={run.id} list={list} others={null} />
          ) : (
            <Fetched result={others}>
              {(second) => <Images run={run.id} list={list} others={second} />}
            </Fetched>
          )
        }
      </Fetched>
    </>
  );
}

function Images({ run, list, others }: { run: string; list: ImageList; others: ImageList | null }) {
  const table = useMemo(() => imageTable(list), [list]);
  const other = useMemo(() => others && joinRuns(table, imageTable(others)), [table, others]);
  const [filter, change] = useImageFilter();
  const [places, setPlaces] = useState<Places | null>(null);
  const [selected, setSelected] = useState<readonly number[] | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const sheets = useSheets(run, list);
  const { pairs, leaking } = useMemo(() => leakLines(table, places), [table, places]);
  const shown = useMemo(
    () => filterImages(table, filter, { other, leaking }),
    [table, filter, other, leaking],
  );
  const { images, listed } = useMemo(() => listedImages(shown, selected), [shown, selected]);
  if (table.count === 0) {
    const why = list.pictures ?? 'it has not come so far as to predict any';
    return <Text role="status">No images are known of this run: {why}.</Text>;
  }
  return (
    <>
      {list.pictures !== null && (
        <Text size="sm" mb="xs">
          There are no pictures: {list.pictures}.
        </Text>
      )}
      {list.notes.map((note) => (
        <Text key={note} size="sm" mb="xs">
          {note}
        </Text>
      ))}
      {other && <AgreementTable other={other} onChoose={(agreement) => change({ agreement })} />}
      <ImageFilters
        classes={table.classes}
        filter={filter}
        change={change}
        isCompared={other !== null}
        unit={table.unit}
        hasLeaks={pairs.length > 0}
      />
      <MapSection
        {...{ run, table, other, shown, listed, sheets }}
        lines={pairs}
        onPlaces={setPlaces}
        onSelect={setSelected}
        isSelected={selected !== null}
        onOpen={setOpen}
      />
      <Section
        title={selected ? 'Selected images' : 'Gallery'}
        note={
          filter.group === null
            ? `One tile a ${table.unit}: copies of it are behind its first image.`
            : `The images of one ${table.unit}, one by one.`
        }
      >
        <Gallery {...{ table, other, sheets, images }} apart={filter.group !== null} onOpen={setOpen} />
      </Section>
      <ImageDetails
        {...{ run, table, other, sheets }}
        image={open}
        onClose={() => setOpen(null)}
        onGroup={(group) => {
          change({ ...allImages, group });
          setSelected(null);
          setOpen(null);
        }}
      />
    </>
  );
}

/** The small pictures of a run's images; null where there are none. */
function useSheets(run: string, { list, pictures }: ImageList): SpriteSheets | null {
  const [sheets, setSheets] = useState<SpriteSheets | null>(null);
  useEffect(() => {
    if (pictures !== null) return;
    const made = new SpriteSheets((sheet) => apiUrl(getSprites, { run, sheet }, { of: list }));
    setSheets(made);
    return () => {
      made.close();
      setSheets(null);
    };
  }, [run, list, pictures]);
  return sheets;
}

function runPath(run: string): string {
  return `/runs/${encodeURIComponent(run)}`;
}
