/** Where clients of MLflow look for its tracking API and its artifact proxy. */
export const apiPath = '/api/2.0/mlflow/';
export const artifactsPath = '/api/2.0/mlflow-artifacts/artifacts';

/** Whether an address is one that clients of MLflow ask for; what is not answered there is refused in MLflow's form. */
export function isMlflowPath(url: string): boolean {
  return /^\/api\/\d+\.\d+\/mlflow(-artifacts)?\//.test(url);
}

/** Whether an address is that of a file of the artifact proxy. */
export function isArtifactPath(url: string): boolean {
  return url.startsWith(`${artifactsPath}/`);
}
