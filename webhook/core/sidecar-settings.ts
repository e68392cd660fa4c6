import { z } from 'zod';

/** The image of a sidecar where the configuration names none; the version of the webhook is its tag. */
export const SIDECAR_REPOSITORY = 'zonekeeper/sidecar';

/** A quantity of Kubernetes that a container may request, such as `100m` or `32Mi`. */
const quantity = z.string().regex(/^\d{1,12}(\.\d{1,6})?(m|k|Ki|M|Mi|G|Gi)?$/, {
  error: 'expected a quantity such as 100m or 32Mi',
});

const amounts = z
  .strictObject({
    cpu: quantity.meta({ description: 'Processor time, such as `10m`.' }),
    memory: quantity.meta({ description: 'Memory, such as `32Mi`.' }),
  })
  .partial();

/** The name of an image as a container runtime reads it: no blanks, and none of what no registry allows. */
export const imageName = z
  .string()
  .max(512)
  .regex(/^[a-z0-9]([-a-zA-Z0-9._:/@]*[a-zA-Z0-9])?$/, {
    error: 'expected the name of an image, such as contoso.azurecr.io/zonekeeper/sidecar:1.0.0',
  });

/**
 * What a profile says of the sidecar. Request and limit of the memory are what was measured: an idle process of 50 MB of
 * which most is the page cache of the node, and 64 MiB when it starts on a node that has none of it.
 */
export const sidecarSettings = z.strictObject({
  image: imageName.optional().meta({ description: 'Its image; default: `sidecarImage`.' }),
  imagePullPolicy: z
    .enum(['Always', 'IfNotPresent', 'Never'])
    .default('IfNotPresent')
    .meta({ description: 'When a node pulls the image.' }),
  requests: amounts.default({ cpu: '10m', memory: '32Mi' }).meta({
    description:
      'What it requests: both are needed where a HorizontalPodAutoscaler looks at the pods, and AKS’s deployment safeguards want at least 100m and 100Mi.',
  }),
  limits: amounts.default({ memory: '96Mi' }).meta({ description: 'What it may use.' }),
});

export type SidecarSettings = z.output<typeof sidecarSettings>;
