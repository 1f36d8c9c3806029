'use client';

import { Button, Checkbox, Group, NativeSelect } from '@mantine/core';
import { agreements } from '../../shape/images/agreement.ts';
import { allImages, splitWords, type ImageFilter } from '../../shape/images/image-filter.ts';
import { TypedNumber } from '../states/typed-number.tsx';
import { TypedText } from '../states/typed-text.tsx';

interface Props {
  classes: readonly string[];
  filter: ImageFilter;
  change: (part: Partial<ImageFilter>) => void;
  /** Whether another run is beside. */
  isCompared: boolean;
  hasLeaks: boolean;
  /** What the images of one group have in common. */
  unit: string;
}

/** Which images are shown, on the map and in the gallery. */
export function ImageFilters({ classes, filter, change, isCompared, hasLeaks, unit }: Props) {
  const [low, high] = filter.confidence;
  const select = <Name extends 'split' | 'label' | 'predicted' | 'answer' | 'agreement'>(
    name: Name,
    label: string,
    values: readonly string[],
    any: string,
  ) => (
    <NativeSelect
      size="xs"
      label={label}
      value={filter[name] ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value || null })}
      data={[{ value: '', label: any }, ...values]}
    />
  );
  const isAll = Object.keys(allImages).every((name) => {
    const key = name as keyof ImageFilter;
    return String(filter[key]) === String(allImages[key]);
  });
  return (
    <Group align="flex-end" gap="sm" mb="md" role="group" aria-label="Filter">
      {select('split', 'Part', splitWords, 'all')}
      {select('label', 'True class', classes, 'all')}
      {select('predicted', 'Predicted class', classes, 'all')}
      {select('answer', isCompared ? 'A is' : 'Answer', ['right', 'wrong'], 'either')}
      {isCompared && select('agreement', 'A and B', agreements, 'all')}
      <TypedNumber
        size="xs"
        w={90}
        label="Sure, from %"
        limits={[0, high]}
        value={low}
        onChange={(from) => change({ confidence: [from, high] })}
      />
      <TypedNumber
        size="xs"
        w={90}
        label="to %"
        limits={[low, 100]}
        value={high}
        onChange={(to) => change({ confidence: [low, to] })}
      />
      <TypedText size="xs" label="File" value={filter.search} onChange={(search) => change({ search })} />
      {hasLeaks && (
        <Checkbox
          size="sm"
          mb={6}
          label="Copies across parts only"
          checked={filter.leaking}
          onChange={(event) => change({ leaking: event.currentTarget.checked })}
        />
      )}
      {filter.group !== null && (
        <Checkbox
          size="sm"
          mb={6}
          label={`${unit} ${filter.group} only`}
          checked
          onChange={() => change({ group: null })}
        />
      )}
      {!isAll && (
        <Button size="xs" variant="default" onClick={() => change(allImages)}>
          Show all
        </Button>
      )}
    </Group>
  );
}
