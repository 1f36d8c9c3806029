/** Of a small picture of an image, in pixels: a square. */
export const spriteSide = 80;
/** Pictures in a row of a sheet. */
export const spriteColumns = 6;
/** Few, so that a sheet of which one picture is wanted is made in a moment. */
export const spritesPerSheet = 36;
