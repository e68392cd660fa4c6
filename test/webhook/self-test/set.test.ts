import t from 'tap';
import { review } from '../../../webhook/core/review.ts';
import { probeSet } from '../../../webhook/self-test/set.ts';
import { SOUND_VIEW } from '../../support/cluster-view.ts';
import { contextWith } from '../../support/context.ts';
import { fieldProblems } from '../../support/kubernetes-fields.ts';

const set = probeSet('apps', 'example.test/zonekeeper:1');

t.test('the set is one that Kubernetes knows, asks for injection and starts no pod', async (t) => {
  t.strictSame(fieldProblems('StatefulSet', set), []);
  t.match(set, {
    metadata: { namespace: 'apps', annotations: { 'zonekeeper.io/inject': 'true' } },
    spec: { replicas: 0 },
  });
});

t.test('the webhook injects it and has nothing to say of it', async (t) => {
  const request = {
    uid: '1',
    kind: { group: 'apps', version: 'v1', kind: 'StatefulSet' },
    resource: { group: 'apps', version: 'v1', resource: 'statefulsets' },
    namespace: 'apps',
    operation: 'CREATE',
    dryRun: true,
    object: set,
  };
  const body = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request };
  const reviewed = review(body, contextWith({ view: SOUND_VIEW }));
  t.match(reviewed, { report: { outcome: 'injected', codes: [] } });
});

t.test('AKS’s deployment safeguards and Pod Security restricted let it pass', async (t) => {
  t.match(set.spec, {
    template: {
      spec: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            image: 'example.test/zonekeeper:1',
            livenessProbe: {},
            readinessProbe: {},
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: {} },
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    },
  });
});
