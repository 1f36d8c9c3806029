import * as z from 'zod';

/**
 * A number as the records hold it. JSON has no NaN and no infinities and `JSON.stringify` writes them as null, which every
 * JSON reader accepts (pandas reads it as NaN); so null reads as NaN here. An infinite loss reads back as NaN: that it was
 * no finite number survives, its sign does not.
 */
export const jsonNumber = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
