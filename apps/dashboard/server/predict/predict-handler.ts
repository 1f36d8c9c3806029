import type { IncomingMessage, ServerResponse } from 'node:http';
import { jsonText } from '@thaw/base';
import { ImageRefused } from '@thaw/data';
import { explainImage, RateLimit, type Classifier } from '@thaw/serving';
import { labelled } from '../../api/labelled.ts';
import type { Explanation } from '../../api/operations/predictions.ts';
import { limits, mostAtOnce, rate } from '../../api/predict-limits.ts';
import { Problem, problemOf } from '../../api/problem.ts';
import { writeProblem } from '../../api/respond.ts';
import { withPictures } from '../../api/with-pictures.ts';
import { neighbourPictures } from '../models/neighbour-pictures.ts';
import { answerOf } from './answer.ts';
import { AtMost } from './at-most.ts';
import { ModelHost, type HostedModel } from './model-host.ts';
import { parseRequest, type PredictRequest } from './parse-request.ts';
import { predictPath } from './predict-path.ts';
import { readBody } from '../read-body.ts';

/**
 * Answers `POST /api/v1/models/<model>/predict` and, for the try page, `.../explain`. Beside Next.js and not in it: a prediction
 * takes less time than a route handler does, and native libraries are never bundled.
 */
export class PredictHandler {
  readonly #host: ModelHost;
  readonly #runsDir: string;
  readonly #rate = new RateLimit(rate);
  #underWay = 0;

  constructor(runsDir: string) {
    this.#host = new ModelHost(runsDir);
    this.#runsDir = runsDir;
  }

  /** Answers the request; false where it is for somebody else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const asked = predictPath(request.url ?? '/');
    if (!asked) return false;
    this.#answer(request, asked)
      .then((answer) => send(response, answer))
      .catch((error: unknown) => refuse(request, response, error));
    return true;
  }

  async #answer(
    request: IncomingMessage,
    asked: NonNullable<ReturnType<typeof predictPath>>,
  ): Promise<unknown> {
    if (request.method !== 'POST') throw new Problem(405, `found ${request.method ?? ''}; allowed: POST`);
    if (!this.#rate.allows(request.socket.remoteAddress ?? '', performance.now())) {
      throw new Problem(429, `more than ${rate.perSecond} requests a second; come again later`);
    }
    if (this.#underWay >= mostAtOnce) throw new Problem(503, 'too many requests at once; come again later');
    this.#underWay++;
    try {
      return await this.#host.use<unknown>(asked.model, async (hosted) => {
        const { height, width } = hosted.model.classifier.preprocessing.input;
        const body = await readBody(request, limits.body);
        const parsed = await parseRequest(request.headers['content-type'] ?? '', body, [height, width, 3]);
        return asked.action === 'explain' ? explain(hosted, parsed, this.#runsDir) : predict(hosted, parsed);
      });
    } finally {
      this.#underWay--;
    }
  }
}

/** Of all requests: a decoded image of the largest size takes 150 MB. */
const decoding = new AtMost(2);

function pixels(classifier: Classifier, bytes: Buffer): Promise<Uint8Array> {
  return decoding.run(() => classifier.pixels(bytes, limits.image));
}

async function predict({ model, version }: HostedModel, request: PredictRequest): Promise<unknown> {
  const { classifier } = model;
  const inputs =
    request.inputs ??
    classifier.batch(await Promise.all(request.images.map(({ bytes }) => pixels(classifier, bytes))));
  return answerOf(request, version, await classifier.probabilities(inputs));
}

/** What the try page shows of one image. */
async function explain(
  { model, version }: HostedModel,
  { images }: PredictRequest,
  runsDir: string,
): Promise<Explanation> {
  const image = images[0];
  if (!image || images.length > 1) throw new Problem(400, 'one encoded image is needed');
  const seenPixels = await pixels(model.classifier, image.bytes);
  const { probabilities, seen, heatMap, nearest } = await explainImage(model, seenPixels);
  return {
    model: version.name,
    version: version.version,
    ...labelled(probabilities, version.classes),
    seen: `data:image/png;base64,${seen.toString('base64')}`,
    heat_map: heatMap && { height: heatMap.height, width: heatMap.width, values: [...heatMap.values] },
    nearest: nearest && withPictures(nearest, await neighbourPictures(nearest, version, runsDir)),
  };
}

const lingerMs = 2000;

const statusOf: Record<ImageRefused['reason'], 413 | 415 | 422> = {
  empty: 422,
  'too-large': 413,
  'unknown-type': 415,
  'too-many-pixels': 413,
  damaged: 422,
};

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (!request.complete) {
    // What still comes is thrown away for a while: a connection that is cut at once takes the answer with it.
    request.resume();
    setTimeout(() => !request.complete && request.destroy(), lingerMs).unref();
  }
  // Who asked is gone.
  if (request.destroyed && !request.complete) return;
  const problem = problemOf(
    error instanceof ImageRefused
      ? new Problem(statusOf[error.reason], `the image: ${error.message}`)
      : error,
  );
  if (problem.status === 429 || problem.status === 503) response.setHeader('retry-after', '1');
  writeProblem(response, problem);
}

function send(response: ServerResponse, answer: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(jsonText(answer));
}
