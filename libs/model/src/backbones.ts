import { mobilenetV2 } from './backbones/mobilenet-v2.ts';

/** Every backbone by the name that an experiment file uses for it. */
export const backbones = {
  mobilenet_v2: mobilenetV2,
};
