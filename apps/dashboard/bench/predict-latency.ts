/**
 * Measures predictions through HTTP on a dashboard that runs: the median of one client at a time, then 16 clients at once for
 * 30 s, with the server's memory before and after.
 *
 *   node --import tsx apps/dashboard/bench/predict-latency.ts URL MODEL IMAGE SERVER_PID
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { memoryOf } from './figures.ts';

const [url, model, image, pid] = process.argv.slice(2) as [string, string, string, string];
const form = new FormData();
form.append('image', new Blob([new Uint8Array(readFileSync(image))]), 'image.jpeg');
const encoded = new Response(form);
const body = Buffer.from(await encoded.arrayBuffer());
const headers = { 'content-type': encoded.headers.get('content-type')!, 'content-length': body.length };
const agent = new Agent({ keepAlive: true });

function predict(): Promise<number> {
  return new Promise((done, fail) => {
    const asked = request(
      `${url}/api/v1/models/${model}/predict`,
      { method: 'POST', headers, agent },
      (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode!));
      },
    );
    asked.on('error', fail);
    asked.end(body);
  });
}

function quantile(sorted: readonly number[], q: number): string {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!.toFixed(1);
}

const times: number[] = [];
for (let i = 0; i < 250; i++) {
  const begun = performance.now();
  const status = await predict();
  if (status !== 200) throw new Error(`status ${status}`);
  if (i >= 50) times.push(performance.now() - begun);
}
times.sort((a, b) => a - b);
console.log(`one client, 200 requests: median ${quantile(times, 0.5)} ms, 95 % ${quantile(times, 0.95)} ms`);

const counts = new Map<number, number>();
const memory: number[] = [];
const timer = setInterval(() => memory.push(memoryOf(Number(pid)).now), 1000);
const end = performance.now() + 30_000;
const client = async () => {
  while (performance.now() < end) {
    const status = await predict();
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
};
await Promise.all(Array.from({ length: 16 }, client));
clearInterval(timer);
const answers = [...counts].map(([status, count]) => `${count} answers ${status}`).join(', ');
console.log(
  `16 clients, 30 s: ${answers}; memory MB by second: ${memory.map((each) => each.toFixed(0)).join(' ')}`,
);
agent.destroy();
