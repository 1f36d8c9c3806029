export type { Artifacts } from './artifacts.ts';
export { isReadingCall, MlflowApi } from './mlflow-api.ts';
export { MlflowError, type MlflowErrorCode } from './requests/mlflow-error.ts';
