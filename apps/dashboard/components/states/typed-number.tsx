'use client';

import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';
import { typedNumber } from '../../shape/typed-number.ts';

interface Props extends Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max'> {
  value: number;
  limits: readonly [least: number, most: number];
  onChange: (value: number) => void;
}

/** A number that is kept elsewhere, which gets it when the field is left or at Enter: on its way to 60 it is not 6. */
export function TypedNumber({ value, limits, onChange, ...rest }: Props) {
  const [draft, setDraft] = useState<string | number | null>(null);
  const keep = () => {
    if (draft === null) return;
    setDraft(null);
    const typed = typedNumber(draft, value, limits);
    if (typed !== value) onChange(typed);
  };
  return (
    <NumberInput
      {...rest}
      hideControls
      clampBehavior="none"
      value={draft ?? value}
      onChange={setDraft}
      onBlur={keep}
      onKeyDown={({ key }) => key === 'Enter' && keep()}
    />
  );
}
