'use client';

import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** What the page's address says. */
  value: string;
  onChange: (value: string) => void;
}

/** A text of the view. The address follows what is typed, and not the other way round: it takes longer than a keystroke. */
export function ViewText({ value, onChange, ...rest }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(value);
  useEffect(() => {
    if (document.activeElement !== input.current) setDraft(value);
  }, [value]);
  return (
    <TextInput
      {...rest}
      ref={input}
      value={draft}
      onChange={({ currentTarget }) => {
        setDraft(currentTarget.value);
        onChange(currentTarget.value);
      }}
    />
  );
}
