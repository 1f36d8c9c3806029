/** Whether a metric is a share of 1, which people write in per cent. */
export function isShare(metric: string): boolean {
  return /(accuracy|f1|auc)$/.test(metric);
}
