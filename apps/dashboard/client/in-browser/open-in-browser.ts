import { resizeImage } from '@thaw/data/browser';
import { openBrowserModel } from '@thaw/model/browser';
import {
  artifactFiles,
  explainSeen,
  inputOf,
  inputViews,
  meanOfViews,
  preprocessingSchema,
  type NearImage,
} from '@thaw/serving/browser';
import { labelled } from '../../api/labelled.ts';
import { getNeighbourPictures, type Explanation } from '../../api/operations/predictions.ts';
import { limits } from '../../api/predict-limits.ts';
import { withPictures } from '../../api/with-pictures.ts';
import { fetchApi } from '../fetch-api.ts';
import { decodeInBrowser } from './decode-in-browser.ts';
import { pngOf } from './png-of.ts';
import { VersionFiles, type Version } from './version-files.ts';
import { wasmFiles } from './wasm-files.ts';

/** A promoted model that computes in this browser. */
export interface ModelInBrowser {
  /** What the server's `explain` answers, but for what processors round. Rejects with ImageRefused. */
  explain(image: Blob): Promise<Explanation>;
  dispose(): void;
}

/** Fetches a version from this server and opens it. */
export async function openInBrowser(version: Version): Promise<ModelInBrowser> {
  const files = new VersionFiles(version);
  const labels = (await files.json(artifactFiles.labels)) as string[];
  const preprocessing = preprocessingSchema.parse(await files.json(artifactFiles.preprocessing));
  if (preprocessing.tensorflow_js === 'head') {
    throw new Error(
      'The backbone of this version is an ONNX file, which TensorFlow.js cannot run: have it computed on the server.',
    );
  }
  const neighbours = await files.neighbours();
  const model = await openBrowserModel(files.url(artifactFiles.tensorflowJs), wasmFiles);
  const { input, resize } = preprocessing;
  return {
    explain: async (image) => {
      const decoded = await decodeInBrowser(image, limits.image);
      const pixels = resizeImage(decoded, input, resize);
      const [plain, ...others] = inputViews(inputOf([pixels.data], preprocessing), preprocessing);
      const [ofPlain, features, { shape, data }] = await model.run(plain!);
      const ofViews = [ofPlain.data];
      for (const view of others) ofViews.push((await model.run(view))[0].data);
      const probabilities = meanOfViews(ofViews);
      const featureMap = { shape: shape.slice(1), data };
      const seen = { probabilities, features: features.data, featureMap };
      const { heatMap, nearest } = explainSeen(seen, { head: model.head, neighbours });
      return {
        model: version.name,
        version: version.version,
        ...labelled(probabilities, labels),
        seen: pngOf(pixels),
        heat_map: heatMap && { ...heatMap, values: [...heatMap.values] },
        nearest: nearest && withPictures(nearest, await picturesOf(nearest, files.reference)),
      };
    },
    dispose: () => model.dispose(),
  };
}

async function picturesOf(nearest: readonly NearImage[], reference: string) {
  const { pictures } = await fetchApi(getNeighbourPictures, {
    params: { model: reference },
    query: { index: nearest.map(({ index }) => String(index)) },
  });
  return pictures;
}
