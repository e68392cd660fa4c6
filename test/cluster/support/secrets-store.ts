import type { ApiObject } from '../api.ts';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../until.ts';

const GROUP = 'secrets-store.csi.x-k8s.io';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

const strings = { type: 'object', additionalProperties: { type: 'string' } };

/** How the driver's API describes `spec.secretObjects`: what becomes a Secret of Kubernetes. */
const secretObject = {
  type: 'object',
  properties: {
    secretName: { type: 'string' },
    type: { type: 'string' },
    labels: strings,
    annotations: strings,
    data: {
      type: 'array',
      items: {
        type: 'object',
        properties: { objectName: { type: 'string' }, key: { type: 'string' } },
      },
    },
  },
};

const status = {
  type: 'object',
  properties: {
    byPod: {
      type: 'array',
      items: {
        type: 'object',
        properties: { id: { type: 'string' }, namespace: { type: 'string' } },
      },
    },
  },
};

/** The kind SecretProviderClass as version 1 of the Secrets Store CSI driver's API has it. */
export const SECRET_PROVIDER_CLASS_KIND = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `secretproviderclasses.${GROUP}` },
  spec: {
    group: GROUP,
    scope: 'Namespaced',
    names: {
      kind: 'SecretProviderClass',
      listKind: 'SecretProviderClassList',
      plural: 'secretproviderclasses',
      singular: 'secretproviderclass',
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              apiVersion: { type: 'string' },
              kind: { type: 'string' },
              metadata: { type: 'object' },
              spec: {
                type: 'object',
                properties: {
                  provider: { type: 'string' },
                  parameters: strings,
                  secretObjects: { type: 'array', items: secretObject },
                },
              },
              status,
            },
          },
        },
      },
    ],
  },
};

/** A stored SecretProviderClass. */
export type ProviderClass = ApiObject & {
  metadata: ApiObject['metadata'] & {
    ownerReferences?: { kind: string; name: string; uid: string; controller?: boolean }[];
    resourceVersion: string;
  };
  spec: { provider: string; parameters: Record<string, string> };
};

/** Path of the classes of a namespace. */
export const classesIn = (namespace: string): string =>
  `/apis/${GROUP}/v1/namespaces/${namespace}/secretproviderclasses`;

/** Lets the cluster know the kind, as an installation of the driver does. */
export async function installSecretProviderClasses(cluster: ControlPlane): Promise<void> {
  await cluster.api.expect('POST', CRDS, { body: SECRET_PROVIDER_CLASS_KIND });
  await until('the kind SecretProviderClass is served', async () => {
    const { status: code } = await cluster.api.request('GET', classesIn('default'));
    return code === 200;
  });
}
