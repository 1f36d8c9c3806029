'use client';

import { Box } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** So far below what is seen a part of the page begins its work, in pixels. */
const ahead = 200;

/**
 * A part of a page that does no work before somebody scrolls near it, or goes through the page with the Tab key, which stops only at
 * what is there. Until then it keeps its room, a CSS height.
 */
export function WhenSeen({ room, children }: { room: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    const begin = () => setIsSeen(true);
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && begin(),
      { rootMargin: `${ahead}px` },
    );
    const onKey = ({ key }: KeyboardEvent) => key === 'Tab' && begin();
    if (place.current) observer.observe(place.current);
    window.addEventListener('keydown', onKey);
    return () => {
      observer.disconnect();
      window.removeEventListener('keydown', onKey);
    };
  }, [isSeen]);
  return isSeen ? children : <Box ref={place} h={room} />;
}
