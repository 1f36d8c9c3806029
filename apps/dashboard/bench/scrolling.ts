import type { Page } from 'playwright-core';
import sharp from 'sharp';

const wheelSteps = 60;

/**
 * Scrolls the runs table with the wheel, ever faster, and looks at each picture that the browser really showed: how many there
 * were, and in how many a part of the table as high as two lines had nothing on it.
 */
export async function blankFrames(page: Page): Promise<{ frames: number; blank: number }> {
  const table = page.getByRole('region', { name: 'Runs', exact: true });
  const box = (await table.boundingBox())!;
  const session = await page.context().newCDPSession(page);
  const pictures: Buffer[] = [];
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    pictures.push(Buffer.from(data, 'base64'));
    // The last one may come when the page has gone.
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  });
  await session.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let i = 0; i < wheelSteps; i++) {
    await page.mouse.wheel(0, 100 + 20 * i);
    await page.waitForTimeout(20);
  }
  await session.send('Page.stopScreencast');
  const looks = await Promise.all(pictures.map((picture) => hasBlankBand(picture, box)));
  return { frames: looks.length, blank: looks.filter(Boolean).length };
}

/** Whether some band of 68 pixels below the head of the table is one colour from side to side, but for a line. */
async function hasBlankBand(
  picture: Buffer,
  box: { x: number; y: number; width: number; height: number },
): Promise<boolean> {
  const [head, band] = [40, 68];
  const { data, info } = await sharp(picture)
    .extract({
      left: Math.round(box.x) + 40,
      top: Math.round(box.y) + head,
      width: 280,
      height: Math.round(box.height) - head - 20,
    })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let quiet = 0;
  for (let y = 0; y < info.height; y++) {
    const row = data.subarray(y * info.width, (y + 1) * info.width);
    const contrast = Math.max(...row) - Math.min(...row);
    quiet = contrast < 30 ? quiet + 1 : 0;
    if (quiet >= band) return true;
  }
  return false;
}
