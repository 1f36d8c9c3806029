import { Notice } from '../states/notice.tsx';

/** Why a run that was imported as figures has no more than those. */
export function FiguresAlone() {
  return (
    <Notice title="This run was imported as figures">
      It has no predictions for single images, and confusion matrices, calibration, mistakes and what the gap
      is made of need them.
    </Notice>
  );
}
