/** Images that a thread takes at once: small enough for a core's own cache. */
export const imagesATask = 4;
