/**
 * The names by which a Service is called: `SVC`, `SVC.NS`, `SVC.NS.svc`, `SVC.NS.svc.CLUSTERDOMAIN`. The API server uses
 * the third (Kubernetes 1.36, apiserver/pkg/util/webhook/client.go).
 */
export function serviceHosts(
  service: string,
  namespace: string,
  clusterDomain = 'cluster.local',
): string[] {
  const inNamespace = `${service}.${namespace}`;
  return [service, inNamespace, `${inNamespace}.svc`, `${inNamespace}.svc.${clusterDomain}`];
}
