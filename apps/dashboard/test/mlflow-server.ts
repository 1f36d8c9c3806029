import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MlflowHandler } from '../server/mlflow/mlflow-handler.ts';

// A server of MLflow's API alone for the runs in the folder that is given; says its port.
const handler = new MlflowHandler(process.argv[2]!);
const server = createServer((request, response) => void handler.handle(request, response));
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
